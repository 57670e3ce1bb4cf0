import {
  combineReducers,
  configureStore,
  createDynamicMiddleware,
  type Middleware,
  type Reducer,
  type Store,
  type ThunkDispatch,
  type UnknownAction,
} from '@reduxjs/toolkit';
import { createIsolatedStore, joinSharedStore, type AnyNativeSlice } from 'isthmus';
import { thunk } from 'redux-thunk';

/** What a test, or an app that joins it later, brings to a store. */
export interface Parts {
  readonly reducers?: Readonly<Record<string, unknown>>;
  readonly natives?: readonly AnyNativeSlice[];
  readonly middleware?: readonly Middleware[];
}

/** A Redux store that takes thunks. */
export type ThunkStore<State> = Omit<Store<State>, 'dispatch'> & {
  readonly dispatch: ThunkDispatch<State, unknown, UnknownAction>;
};

/** A store under test, and how an app joins it when it is already running. */
export interface OpenStore<State> {
  readonly store: ThunkStore<State>;
  readonly join: (parts: Parts) => { leave(): void };
}

/** Opens a store with these parts and the thunk middleware before theirs. */
export type StoreMaker = <State>(parts?: Parts) => OpenStore<State>;

let count = 0;

/** Native slices stand in any store: as ordinary reducers where the store is not ours. */
function allReducers({ reducers = {}, natives = [] }: Parts): Record<string, Reducer> {
  const native = natives.map(({ name, reducer }) => [name, reducer]);
  return { ...reducers, ...Object.fromEntries(native) };
}

/** What Redux Toolkit itself does: the proof of every expectation. */
const plain: StoreMaker = <State>(parts: Parts = {}) => {
  const dynamic = createDynamicMiddleware();
  const present: Record<string, Reducer> = { '': (state = 0) => state, ...allReducers(parts) };
  const store = configureStore({
    reducer: combineReducers(present),
    middleware: (defaults) =>
      defaults({ serializableCheck: false, immutableCheck: false }).concat(
        ...(parts.middleware ?? []),
        dynamic.middleware,
      ),
  });
  const join = (added: Parts) => {
    dynamic.addMiddleware(...(added.middleware ?? []));
    store.replaceReducer(combineReducers(Object.assign(present, allReducers(added))));
    return { leave: () => undefined };
  };
  return { store: store as unknown as ThunkStore<State>, join };
};

const isolated: StoreMaker = <State>(parts: Parts = {}) => {
  const dynamic = createDynamicMiddleware();
  const store = createIsolatedStore({
    name: `isolated-${++count}`,
    slices: parts.natives,
    reducers: parts.reducers as Record<string, () => unknown>,
    middleware: [thunk, ...(parts.middleware ?? []), dynamic.middleware],
  });
  const join = (added: Parts) => {
    dynamic.addMiddleware(...(added.middleware ?? []));
    const reducers = Object.entries(allReducers(added));
    for (const [key, reducer] of reducers) store.registerReducer(key, reducer);
    return { leave: () => reducers.forEach(([key]) => store.unregisterReducer(key)) };
  };
  return { store: store as unknown as ThunkStore<State>, join };
};

/** In a browser each app joins the page's store; a server has no such store, so it has no apps. */
const shared: StoreMaker = <State>(parts: Parts = {}) => {
  const name = `shared-${++count}`;
  const member = (app: string, { middleware = [], natives = [], reducers = {} }: Parts) => {
    const slices = Object.entries(reducers).map(([key, reducer]) => ({
      key,
      reducer: reducer as () => unknown,
    }));
    return joinSharedStore({ app, name, middleware, slices: [...natives, ...slices] });
  };
  const host = member('host', { ...parts, middleware: [thunk, ...(parts.middleware ?? [])] });
  const join = (added: Parts) => member(`remote-${++count}`, added);
  return { store: host.store as unknown as ThunkStore<State>, join };
};

/** The stores on which every test of Redux Toolkit runs. */
export const storeMakers: [name: string, open: StoreMaker][] = [
  ['configureStore alone', plain],
  ['an isolated store', isolated],
  ['the shared store', shared],
];
