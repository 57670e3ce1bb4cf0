import type { Path } from '../../base/path.js';
import type { AnySlice } from '../../api/slice.js';
import type { AnyState } from '../../api/store.js';
import type { Shortcut } from '../../engine/change.js';

/**
 * Where a store keeps its state: the engine with the JS slices beside it, or another Redux store that is
 * joined. Either way slices come and go in it, an action goes through every reducer, and listeners and
 * watchers are told.
 */
export interface StateCell {
  getState(): AnyState;
  /** One action through the reducers and to everyone who listens: what middleware ends in. */
  dispatch(action: unknown): unknown;
  /** Past JavaScript, while an action of the cell reaches nothing but native slices. */
  shortcut(): Shortcut | undefined;
  subscribe(listener: () => void): () => void;
  /** How many have subscribed, as far as the cell knows. */
  readonly listening: number;
  /** How many listeners on paths there are. */
  readonly watching: number;
  /** Throws the message while a reducer runs, since the state is between two values. */
  assertIdle(message: string): void;
  has(key: string): boolean;
  /** The slices that leases do not account for: those of the root reducer of a joined store. */
  foundKeys(): readonly string[];
  isNative(key: string): boolean;
  /** In the state at once. What listeners throw is reported, since it cannot undo the injection. */
  inject(slice: AnySlice): void;
  /** The state stays, the reducer changes; nothing does where this throws. */
  replace(slice: AnySlice): void;
  /** Whether the slice waits for the state that other tabs have of it; then calls back when it does no more. */
  whenShared(key: string, call: () => void): boolean;
  /** The slice is about to go: what it does from now on is no longer for all tabs. */
  endConverging(key: string): void;
  /** It stays, after all. */
  converge(slice: AnySlice): void;
  remove(key: string): void;
  read(path: Path): unknown;
  watch(path: Path, listener: () => void): () => void;
  /** Frees what the cell holds; called once, after every slice was removed. */
  dispose(): void;
}
