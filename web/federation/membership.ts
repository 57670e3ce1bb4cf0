import type { Middleware } from 'redux';

import { IsthmusError } from '../engine/errors.js';
import { isNativeSlice } from '../store/native-slice.js';
import { keyOf, type AnySlice } from '../store/slices.js';
import { asSlice } from '../store/toolkit-slice.js';
import type {
  AnyState,
  Contracts,
  InjectOptions,
  Lease,
  SharedStore,
  ToolkitSlice,
} from '../store/types.js';
import type { ConnectedStore } from './bridge-options.js';

/** What an app brings to a store. */
export interface MembershipOptions<Brought extends readonly Middleware[] = readonly Middleware[]> {
  /** The app's name: owner of what it injects, and named in errors. */
  readonly app: string;
  readonly slices?: readonly (AnySlice | ToolkitSlice)[];
  readonly contract?: Contracts;
  readonly middleware?: Brought;
}

/** What an app holds after joining a store, whose `dispatch` its middleware extends. */
export interface Membership<Extension = unknown> {
  readonly app: string;
  readonly store: SharedStore<AnyState, Extension>;
  /** Adds a slice; it is in `getState()` at once. Never call this while rendering. */
  inject(slice: AnySlice | ToolkitSlice, options?: InjectOptions): Lease;
  /**
   * Gives back every lease and takes out the app's middleware and contracts. Where a slice has a teardown
   * action of its own, as an RTK Query api has, the middleware stays until the next task to see it.
   */
  leave(): void;
}

/** Joins an app to a store: contracts first, so that nothing it injects is unlisted. */
export function createMembership(
  { core, port }: ConnectedStore,
  { app, slices = [], contract = {}, middleware = [] }: MembershipOptions,
): Membership {
  const leases = new Set<Lease>();
  let isMember = true;
  let removeMiddleware: (() => void) | undefined;
  let hasTeardown = false;

  const inject = (brought: AnySlice | ToolkitSlice, options?: InjectOptions): Lease => {
    const slice = asSlice(brought);
    if (!isMember) throw hasLeft(app, keyOf(slice));
    if (isNativeSlice(slice)) port.addContracts(app, slice.contract);
    const lease = core.acquire(app, slice, options);
    leases.add(lease);
    hasTeardown ||= 'teardown' in slice && slice.teardown !== undefined;
    return { key: lease.key, dispose: (how) => (leases.delete(lease), lease.dispose(how)) };
  };
  const leave = () => {
    if (!isMember) return;
    for (const lease of leases) lease.dispose(); // refused while a reducer runs
    isMember = false;
    if (hasTeardown && removeMiddleware !== undefined) setTimeout(removeMiddleware);
    else removeMiddleware?.();
    port.removeOwner(app);
  };

  port.addOwner(app);
  try {
    removeMiddleware = core.addMiddleware(middleware);
    port.addContracts(app, contract);
    for (const slice of slices) inject(slice);
  } catch (error) {
    leave();
    throw error;
  }
  return Object.freeze({ app, store: core.store, inject, leave });
}

function hasLeft(app: string, key: string): IsthmusError {
  const message = `'${app}' has left the store and cannot inject '${key}': join again`;
  return new IsthmusError('disposed', message);
}
