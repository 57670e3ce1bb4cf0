import type { Action, Dispatch, Reducer, Store } from 'redux';

import type { PlatformAbortSignal } from '../base/platform-types.js';
import type { StoreBridge } from './bridge.js';
import type { Inspection } from './inspection.js';
import type { Path } from '../base/path.js';
import type { AnySlice, Status, ToolkitSlice } from './slice.js';
import type {
  ReducersByKey,
  SliceList,
  PickOf,
  StatesOf,
  StatesOfReducers,
} from './slice-states.js';
import type { ValueAt } from './value-at.js';

/**
 * The slices of the page's store, for apps to add theirs to. Their keys are optional where the app may
 * be absent.
 *
 * @example
 * ```ts
 * import { getSharedStore } from 'isthmus';
 *
 * declare module 'isthmus' {
 *   interface SliceStates {
 *     cart?: { count: number };
 *   }
 * }
 * export const count = getSharedStore().getState().cart?.count;
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- others fill it
export interface SliceStates {}

/** The state of a store: the slices that {@link SliceStates} names, and any others. */
export type AnyState = SliceStates & { readonly [key: string]: unknown };

/** The state of a store to which slices and reducers were brought. Others may bring theirs. */
export type BroughtState<
  Slices extends SliceList,
  Reducers extends ReducersByKey = ReducersByKey,
> = AnyState & StatesOf<Slices> & StatesOfReducers<Reducers>;

/**
 * A Redux store whose slices come and go. All methods may be taken off the object. `Extension` is what
 * middleware adds to `dispatch`.
 *
 * @example
 * ```ts
 * import { joinSharedStore } from 'isthmus';
 *
 * const { store } = joinSharedStore({ app: 'host' });
 * const stop = store.watch(['cart', 'items'], () => console.log(store.read(['cart', 'items'])));
 * stop();
 * ```
 */
export interface SharedStore<State = AnyState, Extension = unknown> extends Store<State, Action> {
  /** Takes actions, and what the middleware of `Extension` takes. */
  readonly dispatch: Extension & Dispatch<Action>;
  /** The name of the store. */
  readonly name: string;
  /** Tells store instances apart; equal in every app that has the page's one store. */
  readonly __mfId: string;
  /** What crosses to other stores and tabs. */
  readonly bridge: StoreBridge;
  /** The value at a path; undefined when there is none. Unchanged state gives the same reference. */
  read<const Places extends Path>(path: Places): ValueAt<AnyState, Places>;
  /**
   * What a pick leads to in a slice's state; undefined when there is nothing. The pick is recorded as a path:
   * it may only follow properties, indices and `?.`.
   *
   * @throws IsthmusError `invalid-argument` for a pick that computes.
   */
  read<Slice extends AnySlice | ToolkitSlice, Value>(
    slice: Slice,
    pick: PickOf<Slice, Value>,
  ): Value | undefined;
  /**
   * Calls the listener after a dispatch that changed the value at the path, or anything below it: a path, or
   * a slice and a pick, as `read` takes it.
   */
  watch<Slice extends AnySlice | ToolkitSlice>(
    ...args:
      | [path: Path, listener: () => void]
      | [slice: Slice, pick: PickOf<Slice, unknown>, listener: () => void]
  ): () => void;
  /** Adds a reducer under a key, as hand-written federated stores do; again is harmless. */
  registerReducer(key: string, reducer: Reducer): void;
  /** Dispatches `key/teardown`, then removes what `registerReducer` added. */
  unregisterReducer(key: string): void;
  /** Whether a slice is loading, ready or failed. */
  status(key: string): Status;
  /**
   * Resolves once the slice is ready. Rejects when it fails, on timeout (milliseconds), or on abort.
   * Without options it is the same promise until the status is another one, for React's `use`.
   */
  whenReady(
    key: string,
    options?: { signal?: PlatformAbortSignal; timeout?: number },
  ): Promise<void>;
  /** Says that the state of a slice is on its way, so that nobody renders it yet. */
  markLoading(key: string): void;
  /** Says that the state of a slice is there. */
  markReady(key: string): void;
  /** Says that the state of a slice could not be had, and why. */
  markFailed(key: string, error: unknown): void;
  /** Calls the listener when any slice's status changes. */
  onStatus(listener: () => void): () => void;
  /** Replaces a slice's state, through an action that middleware sees, and marks the slice ready. */
  hydrate(key: string, snapshot: unknown): void;
  /** The same store, typed with slices that are injected at run time. */
  withSlices<Slices>(): SharedStore<State & Partial<Slices>, Extension>;
  /** The same, with the types of the given slices; it injects none. */
  withSlices<const Slices extends SliceList>(
    slices: Slices,
  ): SharedStore<State & Partial<StatesOf<Slices>>, Extension>;
  /** What the store holds now: slices, leases, listeners, channels. */
  inspect(): Inspection;
}

/** A store of Isthmus, whatever its state is. */
export type AnyStore = Omit<SharedStore<unknown>, 'withSlices'>;
