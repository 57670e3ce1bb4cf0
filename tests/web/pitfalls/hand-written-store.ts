import { combineReducers, legacy_createStore, type Reducer } from 'redux';

type AnyReducers = Record<string, Reducer>;

export interface AddOptions {
  /** Whether the root reducer is swapped for one that has the new key. */
  readonly swaps?: boolean;
}

/** A host's store as teams write it by hand, whose reducers come and go with the remotes. */
export function createHandWrittenStore(own: AnyReducers = {}) {
  const added = new Map<string, Reducer>();
  const root = () => {
    const reducers = { ...own, ...Object.fromEntries(added) };
    return Object.keys(reducers).length === 0 ? (state = {}) => state : combineReducers(reducers);
  };
  const store = legacy_createStore(root() as Reducer<Record<string, unknown>>);
  return {
    ...store,
    add(key: string, reducer: Reducer, { swaps = true }: AddOptions = {}) {
      if (added.has(key)) return;
      added.set(key, reducer);
      if (swaps) store.replaceReducer(root() as never);
    },
    remove(key: string) {
      if (added.delete(key)) store.replaceReducer(root() as never);
    },
  };
}
