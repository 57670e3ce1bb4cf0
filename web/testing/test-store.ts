import {
  createIsolatedStore,
  joinSharedStore,
  loadEngine,
  type Action,
  type AnyState,
  type BridgeOptions,
  type Contracts,
  type Drop,
  type Gap,
  type IsolatedStore,
  type IsolatedStoreOptions,
  type Membership,
  type Middleware,
  type SharedStore,
} from 'isthmus';

import type { ReducersByKey, SliceList } from '../api/slice-states.js';
import type { BroughtState } from '../api/store.js';
import type { ContractsOf } from '../program/types/slice-contracts.js';
import { realm } from '../page/realm.js';
import type { DispatchExtension } from '../store/typed-middleware.js';
import { createTestHub, type TestHub } from './test-hub.js';

/** What {@link createTestStore} takes; all of it may be left out. */
export interface TestStoreOptions<
  Brought extends readonly Middleware[] = readonly Middleware[],
  Slices extends SliceList = SliceList,
  Reducers extends ReducersByKey = ReducersByKey,
  Given = Contracts,
> extends Omit<IsolatedStoreOptions<Brought, Slices, Reducers, Given>, 'name' | 'bridge'> {
  /** Names the store in contracts: `test` by default, and `shared` if it is shared. */
  readonly name?: string;
  /** The hub of another test store, which this one hears as if from another tab; a new one by default. */
  readonly hub?: TestHub;
  /** What crosses, and how. */
  readonly bridge?: Omit<BridgeOptions, 'transport'>;
}

/** For the store that `getSharedStore` and `joinSharedStore` find in the code under test. */
export interface SharedTestStoreOptions<
  Brought extends readonly Middleware[] = readonly Middleware[],
  Slices extends SliceList = SliceList,
  Reducers extends ReducersByKey = ReducersByKey,
  Given = Contracts,
> extends TestStoreOptions<Brought, Slices, Reducers, Given> {
  /** That it is a shared store, which the test joins. */
  readonly shared: true;
  /** The app that the test joins as; `test` by default. */
  readonly app?: string;
}

/** A store for one test, and what became of it. */
export interface TestStore<Store = SharedStore> {
  /** The store. */
  readonly store: Store;
  /** The hub that its bridge is on. */
  readonly hub: TestHub;
  /** Every action that reached the reducers, in order; those of other tabs are `isBridged`. */
  readonly actions: readonly Action[];
  /** What was dropped so far. */
  readonly drops: readonly Drop[];
  /** The gaps that were noticed so far. */
  readonly gaps: readonly Gap[];
  /** Ends the store, at once and with all that is left in it; further calls do nothing. */
  dispose(): void;
}

/** A shared store for one test, and the test's own place in it. */
export interface SharedTestStore<Extension = unknown, State = AnyState> extends TestStore<
  SharedStore<State, Extension>
> {
  /** The test's membership of the store. */
  readonly membership: Membership<Extension, State>;
}

/**
 * A store for a unit test: on a hub that the test steps, with everything that happened written down.
 * Loads the engine from this package, never from a network. With `shared: true` it is the page's store
 * that the code under test joins; where there is no `document`, as on a server, it is only passed on.
 *
 * @throws Error for a shared store of a name that the page has already: an earlier test did not dispose of it.
 *
 * @example
 * ```ts
 * import { defineSlice } from 'isthmus';
 * import { inc, payload } from 'isthmus/program';
 * import { createTestStore } from 'isthmus/testing';
 *
 * const counter = defineSlice({
 *   name: 'counter',
 *   initialState: { value: 0 },
 *   reducers: { add: [inc('/value', payload())] },
 * });
 * const preloadedState = { counter: { value: 40 } };
 * const { store, actions, dispose } = await createTestStore({ slices: [counter], preloadedState });
 * store.dispatch(counter.actions.add(2));
 * store.read(['counter', 'value']); // 42
 * console.log(actions); // [{ type: 'counter/add', payload: 2 }]
 * dispose();
 * ```
 */
export function createTestStore<
  const Brought extends readonly Middleware[] = readonly [],
  const Slices extends SliceList = SliceList,
  Reducers extends ReducersByKey = ReducersByKey,
  const Given extends Contracts = Contracts,
>(
  options: SharedTestStoreOptions<Brought, Slices, Reducers, ContractsOf<Slices[number], Given>>,
): Promise<SharedTestStore<DispatchExtension<Brought>, BroughtState<Slices, Reducers>>>;
export function createTestStore<
  const Brought extends readonly Middleware[] = readonly [],
  const Slices extends SliceList = SliceList,
  Reducers extends ReducersByKey = ReducersByKey,
  const Given extends Contracts = Contracts,
>(
  options?: TestStoreOptions<Brought, Slices, Reducers, ContractsOf<Slices[number], Given>>,
): Promise<TestStore<IsolatedStore<DispatchExtension<Brought>, BroughtState<Slices, Reducers>>>>;
export async function createTestStore(
  options: TestStoreOptions | SharedTestStoreOptions = {},
): Promise<TestStore> {
  await loadEngine(undefined, { whole: true });
  const { hub = createTestHub(), bridge } = options;
  const [actions, drops, gaps]: [Action[], Drop[], Gap[]] = [[], [], []];
  const record: Middleware = () => (next) => (action) => {
    actions.push(action as Action);
    return next(action);
  };
  const brought = {
    ...options,
    middleware: [...(options.middleware ?? []), record],
    bridge: {
      ...bridge,
      transport: hub.connect(),
      onDrop: (drop: Drop) => (drops.push(drop), bridge?.onDrop?.(drop)),
      onGap: (gap: Gap) => (gaps.push(gap), bridge?.onGap?.(gap)),
    },
  };
  const made = 'shared' in brought && brought.shared ? makeShared(brought) : makeIsolated(brought);
  return { hub, actions, drops, gaps, ...made };
}

type Made = Pick<TestStore, 'store' | 'dispose'>;
type WithBridge<Options> = Options & { readonly bridge: BridgeOptions };

function makeIsolated({ name = 'test', ...options }: WithBridge<TestStoreOptions>): Made {
  const store = createIsolatedStore({ ...options, name });
  return { store, dispose: () => store.dispose() };
}

function makeShared(
  options: WithBridge<SharedTestStoreOptions>,
): Made & Pick<SharedTestStore, 'membership'> {
  const { name = 'shared', app = 'test', slices = [], reducers = {}, ...rest } = options;
  if (realm().stores?.has(name)) throw stillThere(name);
  const own = Object.entries(reducers).map(([key, reducer]) => ({ key, reducer }));
  const membership = joinSharedStore({ ...rest, name, app, slices: [...slices, ...own] });
  const dispose = () => {
    membership.leave();
    endPageStore(membership.store);
  };
  return { store: membership.store, membership, dispose };
}

/** A page keeps its stores for as long as it lives, and a test's page lives on with the next test. */
function endPageStore(store: SharedStore): void {
  const { stores } = realm();
  const found = stores?.get(store.name);
  if (found?.core.store === store) found.end(() => void stores?.delete(store.name));
}

function stillThere(name: string): Error {
  return new Error(
    `isthmus/testing: this page has a shared store '${name}' already: end the test that made it with dispose(), or give this one another name.`,
  );
}
