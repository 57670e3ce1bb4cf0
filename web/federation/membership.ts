import type { Middleware } from 'redux';

import type { Contracts } from '../api/contract.js';
import type { InjectOptions, Lease, ToolkitSlice } from '../api/slice.js';
import { isNativeSlice, keyOf, type AnySlice } from '../api/slice.js';
import type { AnyState, SharedStore } from '../api/store.js';
import { assertKey } from '../base/arguments.js';
import { EngineError, IsthmusError } from '../base/errors.js';
import type { PlatformElement } from '../base/platform-types.js';
import { asSlice } from '../store/lifecycle/toolkit-slice.js';
import type { StoreCore } from '../store/store.js';
import { assertBrought, assertContracts } from './checked-options.js';
import type { ConnectedStore } from './connected-stores.js';
import { watchRoot } from './root-hint.js';

/** What an app brings to a store. */
export interface MembershipOptions<Brought extends readonly Middleware[] = readonly Middleware[]> {
  /** The app's name: owner of what it injects, and named in errors. */
  readonly app: string;
  readonly slices?: readonly (AnySlice | ToolkitSlice)[];
  readonly contract?: Contracts;
  readonly middleware?: Brought;
  /**
   * The element that the app is mounted in. In development the console tells when it is gone from the page
   * and the app has not left; it changes nothing else.
   */
  readonly root?: PlatformElement;
}

/** What an app holds after joining a store, whose `dispatch` its middleware extends. */
export interface Membership<Extension = unknown> {
  readonly app: string;
  readonly store: SharedStore<AnyState, Extension>;
  /**
   * Adds a slice; it is in `getState()` at once. Never call this while rendering.
   *
   * @throws IsthmusError `owner-conflict` for a key, or an action type, of another app's slice.
   */
  inject(slice: AnySlice | ToolkitSlice, options?: InjectOptions): Lease;
  /**
   * Declares a slice that is yet to be injected, by this app or another: bridged actions of its types
   * wait for it, instead of passing it by.
   *
   * Its types are those that `contract` lists, which become this app's contracts; without any, those that
   * begin with `key/`, as far as some contract lets them in. An action waits as a whole, once it has
   * passed every check: the slices that are there already see it when the others do, so list a type that
   * they handle only if they can wait. It waits until every expected slice that lists its type was
   * injected. Then what waited is checked again, by the contracts and the switch of that moment, and
   * dispatched in the order in which it came, before anything newer of these types: at once as far as the
   * budget of a task goes, in the next tasks beyond. Actions of this store itself never wait.
   *
   * Waiting is bounded for each slice by the bridge's limits `parkBytes`, `parkMessages` and `parkMs`.
   * Where a limit is exceeded, or the last app that expects the slice leaves, all that waited for it is
   * discarded, and `onGap` tells so; what is discarded was not applied, so it may be sent again. A page
   * that is hidden keeps what waits. For a slice that was injected before, or that the root reducer of a
   * joined store has, this changes nothing but the contracts.
   *
   * @example
   * ```ts
   * import { joinSharedStore } from 'isthmus';
   *
   * const { store, expect } = joinSharedStore({ app: 'host' });
   * expect('cart', { 'cart/addItem': { payload: { type: 'object', required: ['sku'] } } });
   * store.bridge.onGap((gap) => {
   *   if (gap.reason === 'parked') console.warn(`fetch '${gap.slice}' anew: ${gap.cause}`);
   * });
   * ```
   */
  expect(key: string, contract?: Contracts): void;
  /**
   * Gives back every lease and takes out the app's middleware and contracts. Where a slice has a teardown
   * action of its own, as an RTK Query api has, the middleware stays to see it: until the slice has ended,
   * which `keepFor` puts off, or another app holds it.
   *
   * What an app leaves behind stands in `store.inspect().owners`.
   */
  leave(): void;
}

/** Joins an app to a store: contracts first, so that nothing it injects is unlisted. */
export function createMembership(
  { core, port }: ConnectedStore,
  options: MembershipOptions,
): Membership {
  assertBrought(options);
  const { app, slices = [], contract = {}, middleware = [], root } = options;
  const leases = new Set<Lease>();
  let isMember = true;
  let removeMiddleware: (() => void) | undefined;
  let stopWatching: (() => void) | undefined;
  const withTeardown = new Set<string>();

  const inject = (brought: AnySlice | ToolkitSlice, options?: InjectOptions): Lease => {
    const slice = asSlice(brought);
    if (!isMember) throw hasLeft(app, `inject '${keyOf(slice)}'`);
    const lease = withContract(slice, () => core.acquire(app, slice, options));
    leases.add(lease);
    if (!isMember) lease.dispose(); // a listener that saw the slice come has left
    noteTeardown(slice);
    return {
      key: lease.key,
      dispose: (how) => {
        core.cell.assertIdle('Reducers may not dispose of slices.');
        leases.delete(lease);
        lease.dispose(how);
      },
      replace: (next) => {
        withContract(asSlice(next), () => lease.replace(next));
        noteTeardown(asSlice(next));
      },
    };
  };
  const noteTeardown = (slice: AnySlice): void => {
    if ('teardown' in slice && slice.teardown !== undefined) withTeardown.add(keyOf(slice));
  };
  const withContract = <T>(slice: AnySlice, run: () => T): T => {
    const named = () => naming(app, run);
    return isNativeSlice(slice) ? port.withContracts(app, slice.contract, named) : named();
  };
  const expect = (key: string, types: Contracts = {}): void => {
    assertKey(key, 'expect');
    assertContracts(app, types);
    if (!isMember) throw hasLeft(app, `expect '${key}'`);
    core.cell.assertIdle('Reducers may not expect slices.');
    port.addContracts(app, types);
    if (!core.cell.has(key)) port.parking.expect(app, key, types);
  };
  const leave = () => {
    if (!isMember) return;
    for (const lease of leases) lease.dispose(); // refused while a reducer runs
    isMember = false;
    stopWatching?.();
    if (removeMiddleware !== undefined) afterEnds(core, withTeardown, removeMiddleware);
    port.removeOwner(app);
  };

  port.addOwner(app);
  try {
    removeMiddleware = core.addMiddleware(app, middleware);
    port.addContracts(app, contract);
    for (const slice of slices) inject(slice);
    if (root !== undefined) stopWatching = watchRoot?.(app, root);
  } catch (error) {
    leave();
    throw error;
  }
  return Object.freeze({ app, store: core.store, inject, expect, leave });
}

/** Calls once each of the slices has ended, or is held again. */
function afterEnds(core: StoreCore, keys: ReadonlySet<string>, call: () => void): void {
  const open = new Set(keys);
  if (open.size === 0) call();
  for (const key of keys) {
    core.leases.onEnd(key, () => {
      if (open.delete(key) && open.size === 0) call();
    });
  }
}

/** A slice that the engine cannot run is to be mended by its app. */
function naming<T>(app: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'invalid-definition') throw error;
    const message = `'${app}' cannot inject its ${error.message}`;
    throw new EngineError(error.code, message, error.where, { cause: error });
  }
}

function hasLeft(app: string, what: string): IsthmusError {
  const message = `'${app}' has left the store and cannot ${what}: join again`;
  return new IsthmusError('disposed', message);
}
