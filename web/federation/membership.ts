import type { Contracts } from '../api/contract.js';
import type { Membership, MembershipOptions } from '../api/membership.js';
import {
  keyOf,
  type AnySlice,
  type InjectOptions,
  type Lease,
  type ToolkitSlice,
} from '../api/slice.js';
import { assertKey } from '../base/arguments.js';
import { EngineError, IsthmusError } from '../base/errors.js';
import { asSlice } from '../store/lifecycle/toolkit-slice.js';
import type { StoreCore } from '../store/store.js';
import { assertBrought, assertContracts } from './checked-options.js';
import type { ConnectedStore } from './connected-stores.js';
import { watchRoot } from './root-hint.js';

/** Joins an app to a store: contracts first, so that nothing it injects is unlisted. */
export function createMembership(
  connected: ConnectedStore,
  options: MembershipOptions,
): Membership {
  assertBrought(options);
  const { core, port } = connected;
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
    return port.contracts.with(app, slice.contract ?? {}, named);
  };
  const expect = (key: string, types: Contracts = {}): void => {
    assertKey(key, 'expect');
    assertContracts(app, types);
    if (!isMember) throw hasLeft(app, `expect '${key}'`);
    core.cell.assertIdle('Reducers may not expect slices.');
    port.contracts.add(app, types);
    if (!core.cell.has(key)) port.expect(app, key, types);
  };
  const leave = () => {
    if (!isMember) return;
    for (const lease of leases) lease.dispose(); // refused while a reducer runs
    isMember = false;
    stopWatching?.();
    if (removeMiddleware !== undefined) afterEnds(core, withTeardown, removeMiddleware);
    connected.left(app);
  };

  connected.joined(app);
  try {
    removeMiddleware = core.addMiddleware(app, middleware);
    port.contracts.add(app, contract);
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
