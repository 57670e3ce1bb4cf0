import type { SharedStore } from 'isthmus';
import type { Reducer, Store } from 'redux';

import type { SliceList, StatesOf } from '../api/slice-states.js';
import type { JoinedStore } from './joined-store.js';
import type { RootReducer } from './root-reducer.js';

/** What Isthmus adds to a Redux store. */
export interface Extension extends Omit<SharedStore, keyof Store | 'withSlices'>, Growing {}

interface Growing {
  /** The same store, typed with slices that are injected at run time. */
  withSlices<Slices>(): WithSlices<this, Slices>;
  /** The same, with the types of the given slices; it injects none. */
  withSlices<const Slices extends SliceList>(slices: Slices): WithSlices<this, StatesOf<Slices>>;
}

/** A store that knows more slices; all else, and what its `dispatch` takes, stays. */
type WithSlices<Self, Slices> = Self extends { getState(): infer State; dispatch: infer Extended }
  ? Omit<SharedStore<State & Partial<Slices>, Extended>, 'withSlices'> &
      Omit<Self, keyof SharedStore> &
      Growing
  : never;

/** A Redux store as Isthmus handles it. */
export function joinedStore(
  inner: Store,
  root: RootReducer,
  reduce: (action: never) => unknown,
): JoinedStore {
  return {
    getState: inner.getState,
    subscribe: inner.subscribe,
    dispatch: (action) => inner.dispatch(action as never),
    reduce: (action) => reduce(action as never),
    expect: (action, onTaken) => root.expect(action, onTaken),
    owns: (key) => root.owns(key, inner.getState()),
    addReducer: (key, reducer, preloaded) => root.add(key, reducer, preloaded),
    replaceReducer: (key, reducer) => root.replace(key, reducer),
    removeReducer: (key) => root.remove(key),
    setGiven: (key, isGiven) => root.setGiven(key, isGiven),
  };
}

/** The store that apps get: Redux's own members stay what they were. */
export function extended(inner: Store, root: RootReducer, added: SharedStore): SharedStore {
  const replaceReducer = (next: Reducer) => {
    const isReducer = typeof next === 'function';
    if (isReducer) root.replaceOwn(next);
    inner.replaceReducer(isReducer ? (root.reduce as Reducer) : next);
  };
  const { subscribe } = added;
  return { ...added, ...inner, subscribe, replaceReducer } as SharedStore;
}
