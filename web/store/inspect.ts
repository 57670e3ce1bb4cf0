import { realm } from '../engine/realm.js';
import type { StoreCore } from './store.js';
import type { Inspection } from './types.js';

/** What a store holds at this moment, for leak checks and panels. Changes nothing. */
export function inspectStore(core: StoreCore, channels: readonly string[]): Inspection {
  const slices = [...core.leases.entries].map(([key, { owner, count }]) => ({
    key,
    owner,
    kind: core.slices.native.has(key) ? ('native' as const) : ('js' as const),
    leases: count,
    status: core.readiness.status(key),
  }));
  return {
    name: core.name,
    mfId: core.mfId,
    slices,
    leases: core.leases.count,
    watchers: core.watches.size,
    listeners: core.dispatcher.listeners.size + core.readiness.listening,
    middleware: core.middleware.size,
    channels,
    copies: realm().copies.map((copy, index) => ({ ...copy, active: index === 0 })),
    engines: realm().engines ?? 0,
  };
}
