import type { ContractDescription } from '../api/contract.js';
import { Port } from '../bridge/port.js';
import { isBrowserRealm, realm } from '../page/realm.js';
import { StoreCore } from '../store/store.js';

declare module '../page/realm.js' {
  interface Realm {
    /** Every store of the page that has a bridge, isolated ones too. */
    connected?: Set<ConnectedStore>;
  }
}

function connectedStores(): Set<ConnectedStore> {
  return (realm().connected ??= new Set());
}

/** Lists a store for {@link describeContracts} until {@link unlist}; on a server none is. */
export function list(connected: ConnectedStore): void {
  if (isBrowserRealm()) connectedStores().add(connected);
}

export function unlist(connected: ConnectedStore): void {
  connectedStores().delete(connected);
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
  return [...connectedStores()].flatMap(({ port }) => port.contracts());
}

/** A store and its place on a hub. */
export interface ConnectedStore {
  readonly core: StoreCore;
  readonly port: Port;
}

/**
 * Ends a store and its place on the hub; further calls do nothing, and a call from a reducer is refused
 * before anything has ended. Returns whether this call has ended it.
 */
export function endStore(connected: ConnectedStore, onEnd?: () => void): boolean {
  if (ended.has(connected)) return false;
  connected.core.cell.assertIdle('Reducers may not dispose of their store.');
  ended.add(connected);
  unlist(connected);
  onEnd?.();
  try {
    connected.core.dispose();
  } finally {
    connected.port.dispose();
  }
  return true;
}

export const ended = new WeakSet<ConnectedStore>();
