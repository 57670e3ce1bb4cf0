import type { Reducer } from 'redux';

import type { AnyState } from '../api/store.js';

/** A Redux store whose root reducer can take in slices. */
export interface JoinedStore {
  getState(): unknown;
  subscribe(listener: () => void): () => void;
  /** The outermost dispatch. */
  dispatch(action: unknown): unknown;
  /** What follows the last middleware. */
  reduce(action: unknown): unknown;
  /**
   * Tells once, when the reducers have taken the action, until what this returns is called. `onTaken` gives the
   * states of the slices that `setGiven` names; what it throws refuses the action.
   */
  expect(action: object, onTaken: () => AnyState | undefined): () => void;
  /** Whether the root reducer has a slice of its own under this key. */
  owns(key: string): boolean;
  /** The next action makes the slice's state of `preloaded`. */
  addReducer(key: string, reducer: Reducer, preloaded: unknown): void;
  replaceReducer(key: string, reducer: Reducer): void;
  /** The next action removes the slice's state. */
  removeReducer(key: string): void;
  /** Whether `expect` gives the states of an added slice. */
  setGiven(key: string, isGiven: boolean): void;
}
