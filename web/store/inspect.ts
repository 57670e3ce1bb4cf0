import { firstCopy, PROTOCOL, realm, registry } from '../engine/realm.js';
import type { StoreCore } from './store.js';
import type { ExpectedSliceInspection, Inspection } from './types.js';

/** What a store holds at this moment, for leak checks and panels. Changes nothing. */
export function inspectStore(
  core: StoreCore,
  channels: readonly string[],
  expected: readonly ExpectedSliceInspection[],
): Inspection {
  const { cell, readiness } = core;
  const inUse = firstCopy(PROTOCOL);
  const leased = [...core.leases.entries].map(([key, { owner, count }]) => ({ key, owner, count }));
  const found = cell.foundKeys().map((key) => ({ key, owner: core.name, count: 0 }));
  const slices = [...found, ...leased].map(({ key, owner, count }) => ({
    key,
    owner,
    kind: cell.isNative(key) ? ('native' as const) : ('js' as const),
    leases: count,
    status: readiness.status(key),
  }));
  return {
    name: core.name,
    mfId: core.mfId,
    slices,
    expected,
    leases: core.leases.count,
    watchers: cell.watching,
    listeners: cell.listening + readiness.listening,
    middleware: core.middleware.size,
    channels,
    copies: registry().copies.map((copy) => ({ ...copy, active: copy === inUse })),
    engines: realm().engines ?? 0,
  };
}
