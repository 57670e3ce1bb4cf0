import type { Action } from 'redux';

import type { Part } from '../draft/part.js';
import type { Contracts } from './contract.js';

/** That a slice converges: all tabs show the same state of it. */
export interface Convergence {
  /**
   * Names the reducers and contracts that make its states, and is another one where they are others: states
   * of different fingerprints are never mixed.
   */
  readonly fingerprint: string;
  /** What the state of another release is in this one, as {@link Upcast} has it. */
  readonly upcast?: Upcast<unknown>;
}

/**
 * Makes of the state of another release's slice under the same key (another fingerprint: older or newer) one of
 * this release; undefined where it cannot. Asked when this release is the first of its kind, so that its users
 * go on with what they had.
 */
export type Upcast<State> = (state: unknown) => State | undefined;

/** A slice with any Redux reducer; its state stays the JavaScript value it is. */
export interface JsSlice {
  /** The key in the state. */
  readonly key: string;
  /** A Redux reducer. */
  // `never` parameters accept a reducer of any state and action.
  readonly reducer: (state: never, action: never) => unknown;
  /** Its action creators, whose types no slice of another app may define, too. */
  readonly actions?: object;
  /** Dispatched before the slice goes, after `key/teardown`. */
  readonly teardown?: Action;
  /** Whether several apps may hold it together, if they bring the very same reducer. */
  readonly isShared?: boolean;
  /** What may cross the bridge, of its types. */
  readonly contract?: Contracts;
  /** Where it converges: see `converging`. */
  readonly converge?: Convergence;
}

/** A slice, or an RTK Query api, as Redux Toolkit makes them: what its `combineSlices` takes. */
export interface ToolkitSlice {
  /** The key in the state. */
  readonly reducerPath: string;
  /** The Redux reducer. */
  readonly reducer: JsSlice['reducer'];
  /** The action creators. */
  readonly actions?: object;
  /** What an api has to reset it, which happens before it goes: that ends its polling and its requests. */
  readonly util?: { resetApiState(): Action };
}

/** How long a slice outlives its last lease. */
export interface InjectOptions {
  /**
   * Milliseconds until it is torn down, or for as long as the page lives. The next task by default; while
   * the slice lives, an injection that does not say leaves what an earlier one said.
   */
  readonly keepFor?: number | 'page';
}

/** One app's hold on a slice. The slice stays as long as any lease on it. */
export interface Lease {
  /** The key of the slice. */
  readonly key: string;
  /**
   * Gives the hold up; `now` tears an unheld slice down at once. Another call does nothing and is reported
   * to the console.
   */
  dispose(options?: { now?: boolean }): void;
  /**
   * Puts another version of the slice in its place, as hot reload does. The state stays; reducers, action
   * types and contract are the new ones, but a contract of a type that the new version no longer lists
   * stays until the app leaves.
   *
   * @throws IsthmusError `disposed` once the lease was given back, `slice-missing` for another key,
   * `slice-exists` for a slice of the other kind.
   *
   * @example
   * ```ts
   * import { defineSlice, joinSharedStore } from 'isthmus';
   * import { inc } from 'isthmus/program';
   *
   * const version = (step: number) =>
   *   defineSlice({ name: 'count', initialState: 0, reducers: { add: [inc('', step)] } });
   * const lease = joinSharedStore({ app: 'host' }).inject(version(1));
   * lease.replace(version(2));
   * ```
   */
  replace(slice: AnySlice | ToolkitSlice): void;
}

/** Whether a slice can be used. A slice is ready once it is injected, unless marked otherwise. */
export type Status = 'absent' | 'loading' | 'ready' | 'failed';

/** What the store needs of a native slice, whatever its state. */
export interface AnyNativeSlice {
  /** The key in the state, and the prefix of its action types. */
  readonly name: string;
  /** The version of the state's shape. */
  readonly schemaVersion: number;
  /** What may cross the bridge, by action type. */
  readonly contract: Contracts;
  /** Where it converges. */
  readonly converge?: Convergence;
  /** Every action type that may change this slice. */
  readonly types: readonly string[];
  /** Its reducers that are functions in JavaScript. */
  readonly functions?: SliceFunctions;
  /** A pure Redux reducer, which needs the engine to be loaded. */
  readonly reducer: (state: never, action: Action) => unknown;
  /** The compiled program's number in the engine; compiles it on the first call. */
  readonly definitionId: () => number;
}

/** The reducers of a native slice that are functions in JavaScript. */
export interface SliceFunctions {
  /** Whether one of them handles actions of a type. */
  has(type: string): boolean;
  /** What it makes of a state; undefined where it leaves that as it is. */
  made(state: unknown, action: Action): Part | undefined;
}

/** Whether this is a slice that {@link defineSlice} made, in this or another copy of the package. */
export function isNativeSlice(slice: object): slice is AnyNativeSlice {
  return 'definitionId' in slice && typeof slice.definitionId === 'function';
}

/** A slice of either kind. */
export type AnySlice = AnyNativeSlice | JsSlice;

/** The key of its state. */
export function keyOf(slice: AnySlice | ToolkitSlice): string {
  if (isNativeSlice(slice)) return slice.name;
  return 'key' in slice ? slice.key : slice.reducerPath;
}
