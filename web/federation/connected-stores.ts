import type { ContractDescription } from '../api/contract.js';
import type { LatePort } from '../bridge/late-port.js';
import { isBrowserRealm, realm } from '../page/realm.js';
import type { StoreCore } from '../store/store.js';
import type { BridgeOptions } from './bridge-options.js';

declare module '../page/realm.js' {
  interface Realm {
    /** Every store of the page that has a bridge, isolated ones too. */
    connected?: Set<ConnectedStore>;
  }
}

function connectedStores(): Set<ConnectedStore> {
  return (realm().connected ??= new Set());
}

/** Whether some store of the page with a bridge, shared or isolated, has this id. */
export function isConnected(mfId: unknown): boolean {
  return [...connectedStores()].some(({ core }) => core.mfId === mfId);
}

/**
 * The contracts of all stores on the page as plain JSON, for a comparison in CI: store by store in the
 * order of their making. On a server, whose requests must not see each other, there are none.
 *
 * @example
 * ```ts
 * import { describeContracts } from 'isthmus';
 *
 * for (const { store, type, owners, contract } of describeContracts()) {
 *   console.log(`${store}: ${type} ${contract.schemaVersion ?? 1} of ${owners.join(', ')}`);
 * }
 * ```
 */
export function describeContracts(): ContractDescription[] {
  return [...connectedStores()].flatMap(({ port }) => port.contracts.describe());
}

/** A store, its place on a hub, and how often each app has joined it. */
export class ConnectedStore {
  readonly core: StoreCore;
  readonly port: LatePort;
  readonly memberships = new Map<string, number>();
  /** How whoever has made it wants it to cross. */
  readonly bridgeOptions: BridgeOptions | undefined;
  #hasEnded = false;

  /** On a server none is listed. */
  constructor(core: StoreCore, port: LatePort, bridgeOptions: BridgeOptions | undefined) {
    this.core = core;
    this.port = port;
    this.bridgeOptions = bridgeOptions;
    if (isBrowserRealm()) connectedStores().add(this);
  }

  joined(app: string): void {
    this.memberships.set(app, (this.memberships.get(app) ?? 0) + 1);
  }

  /** The contracts of an app stay until as many of its memberships have left as have joined. */
  left(app: string): void {
    const rest = this.memberships.get(app)! - 1;
    this.memberships.set(app, rest);
    if (rest > 0) return;
    this.memberships.delete(app);
    this.port.removeApp(app);
  }

  /**
   * Ends it; further calls do nothing, and a call from a reducer is refused before anything has ended.
   * Returns whether this call has ended it.
   */
  end(onEnd?: () => void): boolean {
    if (this.#hasEnded) return false;
    this.core.cell.assertIdle('Reducers may not dispose of their store.');
    this.#hasEnded = true;
    connectedStores().delete(this);
    onEnd?.();
    try {
      this.core.dispose();
    } finally {
      this.port.dispose();
    }
    return true;
  }
}
