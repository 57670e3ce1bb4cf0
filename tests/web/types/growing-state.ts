import type { TypedModule } from './modules.js';

// Modules of a user's program, each with its own page-wide types, against the built declarations. A
// line that must not compile says so with @ts-expect-error, which is an error where it is not one.
const modules: TypedModule[] = [
  [
    'SliceStates grows by declaration merging, wherever the state is read',
    `import { getSharedStore, joinSharedStore, type AnyState } from 'isthmus';
import { useSharedSelector, useSharedStore } from 'isthmus/react';
interface CartState { items: { sku: string; qty: number }[] }
declare module 'isthmus' { interface SliceStates { cart?: CartState } }
declare module 'isthmus' { interface SliceStates { user: { name: string } } }

const first: number | undefined = getSharedStore().getState().cart?.items[0]?.qty;
const { store } = joinSharedStore({ app: 'cart', preloadedState: { cart: { items: [] } } });
const name: string = store.getState().user.name;
const other: unknown = store.getState().other;
const selectSkus = (state: AnyState) => state.cart?.items.map(({ sku }) => sku);
const skus: string[] | undefined = selectSkus(useSharedStore().getState());
const selected: number | undefined = useSharedSelector((state) => state.cart?.items.length);
export { first, name, other, selected, skus };

// @ts-expect-error The cart may be absent.
store.getState().cart.items;
// @ts-expect-error Items have no price.
store.getState().cart?.items[0]?.price;
// @ts-expect-error A name is no number.
export const wrong: number = store.getState().user.name;
// @ts-expect-error Items are a list.
joinSharedStore({ app: 'cart', preloadedState: { cart: { items: 1 } } });
// @ts-expect-error The user has no age.
useSharedSelector((state) => state.user.age);`,
  ],
  [
    'withSlices adds slices, again and again, and keeps what dispatch takes',
    `import { joinSharedStore, type SharedStore } from 'isthmus';
import { thunk } from 'redux-thunk';
const { store } = joinSharedStore({ app: 'cart', middleware: [thunk] });
const typed = store.withSlices<{ cart: { count: number } }>().withSlices<{ user: string }>();
export const count: number | undefined = typed.getState().cart?.count;
export const user: string | undefined = typed.getState().user;
export const sum: number = typed.dispatch((dispatch, getState) => { dispatch({ type: 'a' }); return 1; });
export const asAny: SharedStore = typed;

// @ts-expect-error A lazily injected slice may be absent.
typed.getState().cart.count;
// @ts-expect-error No such member.
typed.getState().cart?.total;`,
  ],
  [
    "the dispatch of joinSharedStore and createIsolatedStore takes what the app's middleware takes",
    `import { createListenerMiddleware, createAsyncThunk } from '@reduxjs/toolkit';
import { createIsolatedStore, joinSharedStore, type Membership } from 'isthmus';
import { thunk } from 'redux-thunk';
const load = createAsyncThunk('load', async (id: number) => String(id));
const listener = createListenerMiddleware();
const member = joinSharedStore({ app: 'a', middleware: [listener.middleware, thunk] });
export const loaded: Promise<string> = member.store.dispatch(load(1)).unwrap();
export const isolated = createIsolatedStore({ name: 'b', middleware: [thunk] });
export const length: number = isolated.dispatch(() => 'text').length;
export const action: { type: 'a' } = isolated.dispatch({ type: 'a' });
export const plainMember: Membership = member;

// @ts-expect-error The thunk middleware is missing.
joinSharedStore({ app: 'c' }).store.dispatch(load(1));
// @ts-expect-error An action has a type.
isolated.dispatch({ payload: 1 });
// @ts-expect-error It takes a number.
member.store.dispatch(load('1'));
// @ts-expect-error Not a middleware.
joinSharedStore({ app: 'd', middleware: [1] });`,
  ],
  [
    'configureStore keeps its state, its thunks and its actions, and gains what Isthmus adds',
    `import { configureStore, createSlice, createAsyncThunk } from '@reduxjs/toolkit';
import { assertShared, type SharedStore } from 'isthmus';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
const counter = createSlice({ name: 'counter', initialState: { n: 0 }, reducers: { up: (s) => void (s.n += 1) } });
const load = createAsyncThunk('load', async (id: number) => String(id));
const store = configureStore({
  reducer: { counter: counter.reducer },
  middleware: (defaults) => defaults({ thunk: { extraArgument: { api: 'x' } } }).concat(isthmusMiddleware),
  enhancers: (defaults) => defaults().prepend(isthmusEnhancer({ app: 'host' })),
});
export type RootState = ReturnType<typeof store.getState>;
export const n: number = store.getState().counter.n;
export const extra: string = store.dispatch((_d, getState, { api }) => api + getState().counter.n);
export const loaded: Promise<string> = store.dispatch(load(1)).unwrap();
export const value: unknown = store.read(['counter', 'n']);
store.watch(['counter'], () => undefined)();
store.dispatch(counter.actions.up());
store.dispose();
assertShared(store);
export const shared: SharedStore = store;

const typed = store.withSlices<{ cart: { count: number } }>().withSlices<{ user: string }>();
export const both: [number, number | undefined, string | undefined] =
  [typed.getState().counter.n, typed.getState().cart?.count, typed.getState().user];
export const late: string = typed.dispatch((_d, getState, { api }) => api + getState().counter.n);
typed.dispose();
export const again: SharedStore = typed;

// @ts-expect-error No such slice.
store.getState().cart;
// @ts-expect-error A number is no thunk.
store.dispatch(1);
// @ts-expect-error It takes a number.
store.dispatch(load('1'));
// @ts-expect-error A lazily injected slice may be absent.
typed.getState().cart.count;
// @ts-expect-error A path is a list.
store.read('counter');`,
  ],
  [
    "isthmus/redux's createStore is typed as Redux's is",
    `import { applyMiddleware, combineReducers, createStore, type Reducer, type UnknownAction } from 'isthmus/redux';
import { thunk, type ThunkDispatch } from 'redux-thunk';
const n: Reducer<number> = (state = 0) => state;
const root = combineReducers({ n });
const store = createStore(root);
export const value: number = store.getState().n;
export const read: unknown = store.read(['n']);
createStore(root, { n: 1 }, applyMiddleware(thunk)).dispatch(() => 1);
type Ext = { dispatch: ThunkDispatch<{ n: number }, undefined, UnknownAction> };
export const enhanced: string = createStore(root, applyMiddleware<Ext['dispatch']>(thunk)).dispatch(() => 'x');

// @ts-expect-error No such slice.
store.getState().m;
// @ts-expect-error A state of another shape.
createStore(root, { n: 'x' });
// @ts-expect-error A thunk without the middleware.
store.dispatch(() => 1);`,
  ],
  [
    'stores go where react-redux and Isthmus take stores, without a cast',
    `import { configureStore } from '@reduxjs/toolkit';
import { joinSharedStore, type AnyState } from 'isthmus';
import { SharedStoreProvider } from 'isthmus/react';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { createElement } from 'react';
import { Provider, useSelector } from 'react-redux';
import type { Store } from 'redux';
const { store } = joinSharedStore({ app: 'a' });
const configured = configureStore({
  reducer: { n: (state = 0) => state },
  middleware: (defaults) => defaults().concat(isthmusMiddleware),
  enhancers: (defaults) => defaults().prepend(isthmusEnhancer()),
});
export const asRedux: [Store<AnyState>, Store<{ n: number }>] = [store, configured];
createElement(Provider, { store, children: null });
createElement(Provider, { store: configured, children: null });
createElement(SharedStoreProvider, { store }, null);
createElement(SharedStoreProvider, { store: configured }, null);
export const useN = () => useSelector((state: ReturnType<typeof configured.getState>) => state.n);`,
  ],
  [
    'what Redux Toolkit makes is injected as it is',
    `import { createSlice } from '@reduxjs/toolkit';
import { createApi, fakeBaseQuery } from '@reduxjs/toolkit/query';
import { createIsolatedStore, joinSharedStore, type ToolkitSlice } from 'isthmus';
const counter = createSlice({ name: 'counter', initialState: 0, reducers: {} });
const api = createApi({ baseQuery: fakeBaseQuery(), endpoints: () => ({}) });
const { inject } = joinSharedStore({ app: 'a', slices: [counter, api], middleware: [api.middleware] });
export const key: string = inject(counter).key;
export const taken: ToolkitSlice[] = [counter, api];
createIsolatedStore({ name: 'b', slices: [counter] });
// @ts-expect-error A slice has a reducer.
inject({ reducerPath: 'x' });`,
  ],
  [
    'the engine is loaded from what the platform has, and waiting can be aborted',
    `import { getSharedStore, IsthmusError, loadEngine } from 'isthmus';
export const loading = [
  loadEngine(), loadEngine(new URL('https://a.test/engine.wasm')), loadEngine(new Response()),
  loadEngine(new Uint8Array(8)), loadEngine(new ArrayBuffer(8)),
  loadEngine(new WebAssembly.Module(new Uint8Array(8))),
];
void getSharedStore().whenReady('cart', { signal: AbortSignal.timeout(5), timeout: 5 });
export const error: Error = new IsthmusError('not-ready', 'no', { cause: 1 });
// @ts-expect-error An address is a URL.
void loadEngine('engine.wasm');
// @ts-expect-error A controller is no signal.
void getSharedStore().whenReady('cart', { signal: new AbortController() });`,
  ],
];

/** The first one changes the types of the package for its whole program. */
export const growingState = modules.slice(0, 1);

export const otherModules = modules.slice(1);
