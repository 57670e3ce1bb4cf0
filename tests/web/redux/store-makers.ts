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
import {
  createIsolatedStore,
  joinSharedStore,
  type AnyNativeSlice,
  type MembershipOptions,
  type SharedStore,
} from 'isthmus';
import {
  applyMiddleware,
  combineReducers as isthmusCombination,
  createStore,
  isthmusEnhancer,
  isthmusMiddleware,
} from 'isthmus/redux';
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

/** A store to begin with has a slice, which `combineReducers` insists on. */
const begun = (parts: Parts) => ({ '': (state = 0) => state, ...allReducers(parts) });

/** What Redux Toolkit itself does: the proof of every expectation. */
const plain: StoreMaker = <State>(parts: Parts = {}) => {
  const dynamic = createDynamicMiddleware();
  const present: Record<string, Reducer> = begun(parts);
  const store = configureStore({
    reducer: combineReducers(present),
    middleware: (defaults) =>
      defaults(unchecked).concat(...(parts.middleware ?? []), dynamic.middleware),
  });
  const join = (added: Parts) => {
    dynamic.addMiddleware(...(added.middleware ?? []));
    store.replaceReducer(combineReducers(Object.assign(present, allReducers(added))));
    return { leave: () => undefined };
  };
  return { store: store as unknown as ThunkStore<State>, join };
};
const unchecked = { serializableCheck: false, immutableCheck: false };

/** How others come to a store that is not the page's: by Redux Toolkit's and the store's own means. */
function joinByHand(
  store: Pick<SharedStore, 'registerReducer' | 'unregisterReducer'>,
  addMiddleware: (...middleware: Middleware[]) => void,
) {
  return (added: Parts) => {
    addMiddleware(...(added.middleware ?? []));
    const reducers = Object.entries(allReducers(added));
    for (const [key, reducer] of reducers) store.registerReducer(key, reducer);
    return { leave: () => reducers.forEach(([key]) => store.unregisterReducer(key)) };
  };
}

const isolated: StoreMaker = <State>(parts: Parts = {}) => {
  const { middleware, addMiddleware } = createDynamicMiddleware();
  const store = createIsolatedStore({
    name: `isolated-${++count}`,
    slices: parts.natives,
    reducers: parts.reducers as Record<string, () => unknown>,
    middleware: [thunk, ...(parts.middleware ?? []), middleware],
  });
  return { store: store as unknown as ThunkStore<State>, join: joinByHand(store, addMiddleware) };
};

const created: StoreMaker = <State>(parts: Parts = {}) => {
  const { middleware, addMiddleware } = createDynamicMiddleware();
  const store = createStore(
    isthmusCombination(begun(parts)),
    applyMiddleware(thunk, ...(parts.middleware ?? []), middleware),
  );
  return { store: store as unknown as ThunkStore<State>, join: joinByHand(store, addMiddleware) };
};

const configured: StoreMaker = <State>(parts: Parts = {}) => {
  const { middleware, addMiddleware } = createDynamicMiddleware();
  const store = configureStore({
    reducer: begun(parts),
    middleware: (defaults) =>
      defaults(unchecked).concat(...(parts.middleware ?? []), middleware, isthmusMiddleware),
    enhancers: (defaults) => defaults().prepend(isthmusEnhancer()),
  });
  return { store: store as unknown as ThunkStore<State>, join: joinByHand(store, addMiddleware) };
};

/** In a browser each app joins the page's store; a server has no such store, so it has no apps. */
function joinAs(app: string, name: string, { middleware, natives = [], reducers = {} }: Parts) {
  const slices = Object.entries(reducers).map(([key, reducer]) => ({
    key,
    reducer: reducer as () => unknown,
  }));
  const options: MembershipOptions = { app, middleware, slices: [...natives, ...slices] };
  return joinSharedStore({ ...options, name });
}

const shared: StoreMaker = <State>(parts: Parts = {}) => {
  const name = `shared-${++count}`;
  const middleware = [thunk, ...(parts.middleware ?? [])];
  const { store } = joinAs('host', name, { ...parts, middleware });
  const join = (added: Parts) => joinAs(`remote-${++count}`, name, added);
  return { store: store as unknown as ThunkStore<State>, join };
};

const configuredShared: StoreMaker = <State>(parts: Parts = {}) => {
  const name = `configured-${++count}`;
  const store = configureStore({
    reducer: begun(parts),
    middleware: (defaults) =>
      defaults(unchecked).concat(...(parts.middleware ?? []), isthmusMiddleware),
    enhancers: (defaults) => defaults().prepend(isthmusEnhancer({ app: 'host', name })),
  });
  const join = (added: Parts) => joinAs(`remote-${++count}`, name, added);
  return { store: store as unknown as ThunkStore<State>, join };
};

/** The stores on which every test of Redux Toolkit runs; Redux's own is the first. */
export const storeMakers: [name: string, open: StoreMaker][] = [
  ['configureStore alone', plain],
  ['an isolated store', isolated],
  ['the shared store', shared],
  ["isthmus/redux's createStore", created],
  ['configureStore with isthmusEnhancer', configured],
  ["configureStore as the page's shared store", configuredShared],
];
