import { isBrowserRealm, realm } from '../engine/realm.js';
import type { ContractDescription } from '../store/types.js';
import type { ConnectedStore } from './bridge-options.js';

declare module '../engine/realm.js' {
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
