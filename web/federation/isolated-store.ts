import type { Middleware } from 'redux';

import type { Contracts } from '../api/contract.js';
import { type Membership } from '../api/membership.js';
import type { ReducersByKey, SliceList } from '../api/slice-states.js';
import type { AnyState, BroughtState, SharedStore } from '../api/store.js';
import { wrongArgument } from '../base/arguments.js';
import { isPlainObject } from '../base/plain-object.js';
import type { ContractsOf } from '../program/types/slice-contracts.js';
import type { DispatchExtension } from '../store/typed-middleware.js';
import type { BridgeOptions } from './bridge-options.js';
import { assertNamed } from './checked-options.js';
import { createConnectedStore } from './connect-store.js';
import { createMembership } from './membership.js';

/** What {@link createIsolatedStore} takes. */
export interface IsolatedStoreOptions<
  Brought extends readonly Middleware[] = readonly Middleware[],
  Slices extends SliceList = SliceList,
  Reducers extends ReducersByKey = ReducersByKey,
  Given = Contracts,
> {
  /** Names the store in contracts (`from`, `to`). */
  readonly name: string;
  /** The slices to begin with; none by default. */
  readonly slices?: Slices;
  /** Ordinary Redux reducers by key. */
  readonly reducers?: Reducers;
  /** What may cross, by action type, of any slice; what it says of `slices` is held against their action creators. */
  readonly contract?: Given;
  /** Redux middleware. */
  readonly middleware?: Brought;
  /** States in place of the initial ones, by the keys of slices. */
  readonly preloadedState?: Partial<AnyState>;
  /** What crosses, and how. */
  readonly bridge?: BridgeOptions;
}

/** An app's own store; marked actions reach it over the bridge. */
export interface IsolatedStore<Extension = unknown, State = AnyState> extends SharedStore<
  State,
  Extension
> {
  /** Tears down its slices, leaves its channel and frees its memory. */
  dispose(): void;
}

/**
 * Creates a store of an app's own, on the page's engine and hub: the hybrid topology, in which domain
 * state stays with its app and only marked actions cross.
 *
 * @example
 * ```ts
 * import { createIsolatedStore, defineSlice, loadEngine } from 'isthmus';
 * import { inc } from 'isthmus/program';
 *
 * const counter = defineSlice({ name: 'counter', initialState: 0, reducers: { add: [inc('')] } });
 * await loadEngine();
 * const store = createIsolatedStore({ name: 'checkout', slices: [counter] });
 * store.dispatch(counter.actions.add());
 * store.dispose();
 * ```
 */
export function createIsolatedStore<
  const Brought extends readonly Middleware[] = readonly [],
  const Slices extends SliceList = SliceList,
  Reducers extends ReducersByKey = ReducersByKey,
  const Given extends Contracts = Contracts,
>(
  options: IsolatedStoreOptions<Brought, Slices, Reducers, ContractsOf<Slices[number], Given>>,
): IsolatedStore<DispatchExtension<Brought>, BroughtState<Slices, Reducers>> {
  assertNamed(options, 'createIsolatedStore', 'name');
  const {
    name,
    slices = [],
    reducers = {},
    preloadedState,
    bridge,
    ...rest
  } = options as IsolatedStoreOptions;
  if (!isPlainObject(reducers)) {
    throw wrongArgument(
      `the option 'reducers' of '${name}' is an object of reducers by key`,
      reducers,
    );
  }
  const connected = createConnectedStore(name, preloadedState, bridge);
  const jsSlices = Object.entries(reducers).map(([key, reducer]) => ({ key, reducer }));
  let membership: Membership | undefined;
  const dispose = () => {
    // The middleware goes when it has seen the teardowns, which may call this again.
    if (connected.end()) membership?.leave();
  };
  try {
    const brought = { app: name, slices: [...slices, ...jsSlices], ...rest };
    membership = createMembership(connected, brought);
  } catch (error) {
    dispose();
    throw error;
  }
  const store: IsolatedStore = { ...connected.core.store, dispose };
  return (connected.core.hints?.making(Object.freeze) ?? Object.freeze)(store) as never;
}
