import type { TypedModule } from './modules.js';

const slices = `import { createSlice } from '@reduxjs/toolkit';
import { createApi, fakeBaseQuery } from '@reduxjs/toolkit/query';
import { defineSlice } from 'isthmus';
import { inc } from 'isthmus/program';
const cart = defineSlice({
  name: 'cart',
  initialState: { items: [] as { sku: string; qty: number }[], note: null as string | null },
  reducers: { add: [inc('/items/0/qty')] },
});
const user = createSlice({ name: 'user', initialState: { name: 'Ada' }, reducers: {} });
const placed = createSlice({ name: 'placed', reducerPath: 'there', initialState: 1, reducers: {} });
const api = createApi({
  baseQuery: fakeBaseQuery(),
  endpoints: ({ query }) => ({ price: query<number, string>({ queryFn: () => ({ data: 1 }) }) }),
});
const count = (state: number = 0) => state;
export { cart, user, placed, api, count };
`;

const ofSlices: TypedModule[] = [
  [
    'the state of a joined store is that of the slices which are brought, of every kind',
    `import { joinSharedStore, type Membership, type SharedStore } from 'isthmus';
const member = joinSharedStore({
  app: 'a',
  slices: [cart, user, placed, api, { key: 'count', reducer: count }],
  middleware: [api.middleware],
});
const state = member.store.getState();
export const qty: number | undefined = state.cart.items[0]?.qty;
export const texts: [string, string | null] = [state.user.name, state.cart.note];
export const numbers: [number, number] = [state.there, state.count];
export const price: number | undefined = api.endpoints.price.select('tea')(state).data;
export const other: unknown = state.other;
export const plain: [Membership, SharedStore] = [member, member.store];

// @ts-expect-error No such member.
state.cart.itms;
// @ts-expect-error No such slice is brought, so nothing is known of its state.
state.crat.items;
// @ts-expect-error Its key is its reducerPath.
state.placed.toFixed();
// @ts-expect-error A name is no number.
export const wrong: number = state.user.name;
// @ts-expect-error A state is read-only at its root.
state.cart = state.cart;`,
  ],
  [
    'the state of isolated stores and of test stores is that of their slices and reducers',
    `import { createIsolatedStore, type IsolatedStore } from 'isthmus';
import { createTestStore } from 'isthmus/testing';
const isolated = createIsolatedStore({ name: 'i', slices: [cart, user], reducers: { count } });
export const length: number = isolated.getState().cart.items.length + isolated.getState().count;
export const plain: IsolatedStore = isolated;
export async function test(): Promise<string> {
  const { store } = await createTestStore({ slices: [cart], reducers: { count } });
  const shared = await createTestStore({ shared: true, slices: [user] });
  store.getState().cart.items[0]?.qty.toFixed(store.getState().count);
  // @ts-expect-error No such member.
  store.getState().cart.itms;
  // @ts-expect-error It was not brought.
  store.getState().user.name;
  // @ts-expect-error A name is no number.
  shared.membership.store.getState().user.name.toFixed();
  return shared.store.getState().user.name;
}
// @ts-expect-error No such member.
isolated.getState().user.nme;
// @ts-expect-error A number has no items.
isolated.getState().count.items;
// @ts-expect-error A slice has a reducer.
createIsolatedStore({ name: 'i', slices: [{ key: 'x' }] });`,
  ],
  [
    'of a list whose length is not known, each slice may be absent; of slices in general, nothing is known',
    `import { joinSharedStore, type Slice } from 'isthmus';
const list = [cart, user];
const { store } = joinSharedStore({ app: 'a', slices: list });
export const length: number | undefined = store.getState().cart?.items.length;
const any: Slice[] = [cart];
export const unknown: unknown = joinSharedStore({ app: 'b', slices: any }).store.getState().cart;
// @ts-expect-error It may be absent.
store.getState().cart.items;`,
  ],
  [
    'withSlices takes slices as well as types',
    `import { joinSharedStore } from 'isthmus';
const { store } = joinSharedStore({ app: 'a', slices: [user] });
const typed = store.withSlices([cart, placed]).withSlices<{ more: string }>();
export const name: string = typed.getState().user.name;
export const length: number | undefined = typed.getState().cart?.items.length;
export const rest: [number | undefined, string | undefined] = [typed.getState().there, typed.getState().more];
// @ts-expect-error A slice that may be injected later may be absent.
typed.getState().cart.items;
// @ts-expect-error No such member.
typed.getState().cart?.itms;
// @ts-expect-error Not a slice.
store.withSlices(['cart']);`,
  ],
  [
    'StateOf is the state of a slice, for SliceStates and for props',
    `import type { StateOf } from 'isthmus';
export const cartState: StateOf<typeof cart> = { items: [{ sku: 'tea', qty: 1 }], note: null };
export const userState: StateOf<typeof user> = { name: 'Ada' };
export const placedState: StateOf<typeof placed> = 1;
// @ts-expect-error A quantity is a number.
cartState.items[0]!.qty = '1';
// @ts-expect-error Of another shape.
export const wrong: StateOf<typeof user> = { nme: 'Ada' };`,
  ],
  [
    'read and watch take a slice and what is picked of its state',
    `import { getSharedStore, joinSharedStore } from 'isthmus';
import { configureStore } from '@reduxjs/toolkit';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
const { store } = joinSharedStore({ app: 'a', slices: [cart] });
export const qty: number | undefined = store.read(cart, (state) => state.items[0]?.qty);
export const note: string | null | undefined = store.read(cart, (state) => state.note);
export const name: string | undefined = getSharedStore().read(user, ({ name }) => name);
export const there: number | undefined = store.read(placed, (state) => state);
export const queries: object | undefined = store.read(api, (state) => state.queries);
const stop: () => void = store.watch(cart, (state) => state.items, () => undefined);
stop();
const configured = configureStore({
  reducer: { user: user.reducer },
  middleware: (defaults) => defaults().concat(isthmusMiddleware),
  enhancers: (defaults) => defaults().prepend(isthmusEnhancer()),
});
export const same: string | undefined = configured.read(user, (state) => state.name);
const tokens: string[] = ['cart'];
export const paths: unknown[] = [store.read(['cart', 'items']), store.read(tokens), store.read([])];
store.watch(['cart', 'items'], () => undefined)();

// @ts-expect-error No such member.
store.read(cart, (state) => state.itms);
// @ts-expect-error There may be none.
export const wrong: number = store.read(cart, (state) => state.items[0]?.qty);
// @ts-expect-error No such member.
store.watch(cart, (state) => state.itms, () => undefined);
// @ts-expect-error A listener is missing.
store.watch(cart, (state) => state.items);
// @ts-expect-error Not a slice.
store.read('cart', (state) => state);
// @ts-expect-error No such member.
configured.read(user, (state) => state.nme);`,
  ],
  [
    'hooks take a slice and what is picked of its state',
    `import { useReady, useSharedValue, useSlice } from 'isthmus/react';
export function Cart() {
  const qty: number | undefined = useSharedValue(cart, (state) => state.items[0]?.qty);
  const name: string | undefined = useSharedValue(user, (state) => state.name);
  const injected: string | undefined = useSlice(user)?.name;
  const own: number | undefined = useSlice(cart)?.items.length;
  const there: number | undefined = useSlice(placed);
  const isReady: boolean = useReady('anything') && useReady(cart.name, { suspend: true });
  // @ts-expect-error No such member.
  useSharedValue(cart, (state) => state.itms);
  // @ts-expect-error There may be none.
  const wrong: string = useSharedValue(user, (state) => state.name);
  // @ts-expect-error No such member.
  useSlice(user)?.nme;
  // @ts-expect-error It is undefined until it is injected.
  useSlice(user).name;
  // @ts-expect-error Not a slice.
  useSlice({ name: 'cart' });
  // @ts-expect-error Not a key.
  useReady(1);
  return <b>{[qty, name, injected, own, there, String(isReady), wrong]}</b>;
}`,
  ],
  [
    'hooks are given the types of the store once, as those of react-redux',
    `import { joinSharedStore } from 'isthmus';
import { useSharedDispatch, useSharedSelector, useSharedStore, type TypedUseSelectorHook } from 'isthmus/react';
import { shallowEqual, type TypedUseSelectorHook as TypedInReactRedux } from 'react-redux';
import { thunk } from 'redux-thunk';
const { store } = joinSharedStore({ app: 'a', slices: [cart, user], middleware: [thunk] });
type AppState = ReturnType<typeof store.getState>;
const useAppSelector = useSharedSelector.withTypes<AppState>();
const useAppDispatch = useSharedDispatch.withTypes<typeof store.dispatch>();
const useAppStore = useSharedStore.withTypes<typeof store>();
const useOwn: TypedUseSelectorHook<AppState> = useSharedSelector;
const useTheirs: TypedInReactRedux<AppState> = useSharedSelector;
export function Cart() {
  const length: number = useAppSelector((state) => state.cart.items.length);
  const items: { sku: string }[] = useOwn((state) => state.cart.items, shallowEqual);
  const name: string = useTheirs((state) => state.user.name, { equalityFn: (a, b) => a === b });
  const dispatch = useAppDispatch();
  const done: string = dispatch((inner, getState) => {
    inner(cart.actions.add());
    return String(getState());
  });
  const same: number = useSharedDispatch<typeof store.dispatch>()(() => 1);
  const ownName: string = useAppStore().getState().user.name;
  // @ts-expect-error No such slice.
  useAppSelector((state) => state.crat.items);
  // @ts-expect-error A state of another shape.
  useAppSelector((state: { cart: number }) => state.cart);
  // @ts-expect-error No such member.
  useOwn((state) => state.user.nme);
  // @ts-expect-error Without the types of a store, dispatch takes actions.
  useSharedDispatch()(() => 1);
  // @ts-expect-error A thunk or an action.
  dispatch(1);
  // @ts-expect-error Not a store.
  useSharedStore.withTypes<{ getState(): AppState }>();
  return <b>{[length, items.length, name, done, same, ownName]}</b>;
}`,
  ],
  [
    'a contract is typed by the slice: its types are those of its actions, and what never leaves is in the payload',
    `import type { Contract, Contracts } from 'isthmus';
import { payload, push, reset, set } from 'isthmus/program';
interface Card { no: string; cvc: string }
const initialState = { name: '', token: '', cards: [] as Card[] };
const reducers = {
  login: [set('/name', payload('name')), set('/token', payload('token'))],
  pay: [push('/cards', payload())],
  wallet: [set('/cards', payload('cards'))],
  logout: [reset()],
  rename: [set('/name', payload('name'))],
  greet: [set('/name', payload('user.name'))],
} as const;
export const shop = defineSlice({
  name: 'shop',
  initialState,
  reducers,
  on: { 'auth/logout': [reset()], 'auth/login': [set('/name', payload('name'))] },
  prepare: { rename: (name: string, pin: number) => ({ payload: { name, pin } }) },
  contract: {
    'shop/login': { from: ['a'], never: ['/token'], payload: { type: 'object', required: ['name'] } },
    'shop/pay': { never: ['/cvc', { path: '/no', then: 'refuse' }] },
    'shop/wallet': { never: ['/cards/*/cvc', '/cards/0/no'] },
    'shop/rename': { never: ['/pin'] },
    'shop/logout': { never: ['/anything'] },
    'shop/greet': { never: ['/token', '/user/token'] },
    'auth/login': { never: ['/token'] },
  },
});
const general: Contracts = {};
const one: Contract = { never: ['/anything'] };
const name: string = 'shop';
defineSlice({ name: 'shop', initialState, reducers, contract: general });
defineSlice({ name: 'shop', initialState, reducers, contract: { 'shop/pay': one } });
defineSlice({ name, initialState, reducers, contract: { 'shop/pay': { never: ['/cvc'] } } });
defineSlice({ name, initialState, reducers, contract: { [\`\${name}/pay\`]: one } });

// @ts-expect-error No such action.
defineSlice({ name: 'shop', initialState, reducers, contract: { 'shop/pya': {} } });
// @ts-expect-error An action of another slice, which \`on\` does not have.
defineSlice({ name: 'shop', initialState, reducers, contract: { 'auth/logout': {} } });
// @ts-expect-error No such path in the payload.
defineSlice({ name: 'shop', initialState, reducers, contract: { 'shop/login': { never: ['/tokn'] } } });
// @ts-expect-error No such path in the payload.
defineSlice({ name: 'shop', initialState, reducers, contract: { 'shop/pay': { never: ['/cvv'] } } });
// @ts-expect-error No such path in the payload.
defineSlice({ name: 'shop', initialState, reducers, contract: { 'shop/pay': { never: [{ path: '/cvv' }] } } });
// @ts-expect-error No such path in the elements.
defineSlice({ name: 'shop', initialState, reducers, contract: { 'shop/wallet': { never: ['/cards/*/cvv'] } } });
// @ts-expect-error Not a JSON Pointer.
defineSlice({ name: 'shop', initialState, reducers, contract: { 'shop/pay': { never: ['cvc'] } } });
// @ts-expect-error No part of a contract.
defineSlice({ name: 'shop', initialState, reducers, contract: { 'shop/pay': { from: '*', nevr: [] } } });
// @ts-expect-error Names, or all.
defineSlice({ name: 'shop', initialState, reducers, contract: { 'shop/pay': { from: 1 } } });`,
  ],
  [
    'contracts of an app are held against the slices that it brings, and leave open those of others',
    `import { createSlice as toolkit, type PayloadAction } from '@reduxjs/toolkit';
import { createIsolatedStore, joinSharedStore, native, type Contract, type Contracts, type JoinOptions } from 'isthmus';
import { createTestStore } from 'isthmus/testing';
import { payload, push, set } from 'isthmus/program';
interface Card { no: string; cvc: string }
const wallet = defineSlice({
  name: 'wallet',
  initialState: { cards: [] as Card[], names: [] as string[], count: 0 },
  reducers: {
    pay: [push('/cards', payload())],
    name: [push('/names', payload('name'))],
    rename: (state, action: PayloadAction<{ name: string; pin: number }>) => void state.names.push(action.payload.name),
    clear: (state) => void (state.count = 0),
  },
  prepare: { name: (name: string, pin: string) => ({ payload: { name, pin } }) },
});
const visits = toolkit({
  name: 'visits',
  initialState: { last: '' },
  reducers: {
    seen: (state, { payload }: PayloadAction<{ page: string; from?: { ip: string } }>) => void (state.last = payload.page),
    forgotten: (state) => void (state.last = ''),
  },
});
const slices = [wallet, visits, { key: 'count', reducer: count }] as const;
const general: Contracts = {};
const one: Contract = { never: ['/anything'] };
const type: string = 'wallet/pay';
joinSharedStore({
  app: 'a',
  slices,
  contract: {
    'wallet/pay': { from: ['a'], never: ['/cvc', { path: '/no', then: 'refuse' }], payload: { type: 'object' } },
    'wallet/name': { never: ['/pin'] },
    'wallet/rename': { never: ['/pin'] },
    'wallet/clear': { never: ['/anything'] },
    'visits/seen': { never: ['/from/ip'] },
    'visits/forgotten': {},
    'visits/load/fulfilled': { never: ['/token'] },
    'auth/login': { never: ['/token'] },
    'count/add': { never: ['/token'] },
  },
});
joinSharedStore({ app: 'a', slices, contract: general });
joinSharedStore({ app: 'a', slices, contract: { 'wallet/pay': one, [type]: {} } });
joinSharedStore({ app: 'a', contract: { 'wallet/pya': { never: ['/cvv'] } } });
joinSharedStore({ app: 'a', slices: [native(visits)], contract: { 'visits/seen': { never: ['/page'] } } });
createIsolatedStore({ name: 'i', slices, contract: { 'visits/seen': { never: ['/from'] } } });
createTestStore({ slices, contract: { 'visits/seen': { never: ['/from/ip'] }, 'auth/login': {} } });
createTestStore({ shared: true, slices, contract: general });
export const join = (options: JoinOptions) => joinSharedStore(options).store.getState().anything;
export const kept: number = joinSharedStore({ app: 'a', slices, contract: general }).store.getState().count;

// @ts-expect-error No such action.
joinSharedStore({ app: 'a', slices, contract: { 'wallet/pya': {} } });
// @ts-expect-error No such action.
joinSharedStore({ app: 'a', slices: [native(visits)], contract: { 'visits/sene': {} } });
// @ts-expect-error No such path in the payload.
joinSharedStore({ app: 'a', slices, contract: { 'wallet/pay': { never: ['/cvv'] } } });
// @ts-expect-error No such path in what prepare makes.
joinSharedStore({ app: 'a', slices, contract: { 'wallet/name': { never: ['/pni'] } } });
// @ts-expect-error No such path in the payload of a function.
joinSharedStore({ app: 'a', slices, contract: { 'wallet/rename': { never: [{ path: '/pni' }] } } });
// @ts-expect-error No such path in the payload of a slice of Redux Toolkit.
joinSharedStore({ app: 'a', slices, contract: { 'visits/seen': { never: ['/from/pi'] } } });
// @ts-expect-error No such path in the payload of a slice of Redux Toolkit that the engine holds.
joinSharedStore({ app: 'a', slices: [native(visits)], contract: { 'visits/seen': { never: ['/form'] } } });
// @ts-expect-error Not a JSON Pointer.
joinSharedStore({ app: 'a', slices, contract: { 'wallet/pay': { never: ['cvc'] } } });
// @ts-expect-error No part of a contract.
joinSharedStore({ app: 'a', slices, contract: { 'wallet/pay': { nevr: ['/cvc'] } } });
// @ts-expect-error No such action.
createIsolatedStore({ name: 'i', slices, contract: { 'visits/sene': {} } });
// @ts-expect-error No such path in the payload.
createIsolatedStore({ name: 'i', slices, contract: { 'visits/seen': { never: ['/form'] } } });
// @ts-expect-error No such action.
createTestStore({ slices, contract: { 'visits/sene': {} } });
// @ts-expect-error No such path in the payload.
createTestStore({ shared: true, slices, contract: { 'visits/seen': { never: ['/form'] } } });`,
  ],
  [
    'contracts of a slice that converges are held against its actions, and its state and actions stay typed',
    `import type { PayloadAction } from '@reduxjs/toolkit';
import { converging, joinSharedStore, native, type Contracts } from 'isthmus';
const list = createSlice({
  name: 'list',
  reducerPath: 'rows',
  initialState: { rows: [] as string[] },
  reducers: {
    add: (state, { payload }: PayloadAction<{ text: string; by: string }>) => void state.rows.push(payload.text),
    clear: (state) => void (state.rows = []),
  },
});
const contract = { 'list/add': { never: ['/by'] }, 'list/clear': {} } as const;
const general: Contracts = {};
const rows = converging(list, { version: 1, contract });
const held = converging(native(user), { version: 1, contract: {} });
const plain = converging({ key: 'count', reducer: count }, { version: 'a', contract: { 'count/add': { never: ['/x'] } } });
const { store } = joinSharedStore({ app: 'a', slices: [rows, held, plain, converging(placed, { version: 1, contract: general })] });
export const state: [string | undefined, string, number, number] =
  [store.getState().rows.rows[0], store.getState().user.name, store.getState().count, store.getState().there];
export const type: 'list/add' = rows.actions.add({ text: 'a', by: 'b' }).type;
export const read: string | undefined = store.read(rows, (state) => state.rows[0]);
converging(list, { version: 1, contract: { ...contract, 'list/load/fulfilled': {}, 'auth/logout': {} } });
converging(list, { version: 1, contract, upcast: (old) => (Array.isArray(old) ? { rows: [String(old)] } : undefined) });

// @ts-expect-error No such action.
converging(list, { version: 1, contract: { ...contract, 'list/cleer': {} } });
// @ts-expect-error No such path in the payload.
converging(list, { version: 1, contract: { 'list/add': { never: ['/yb'] }, 'list/clear': {} } });
// @ts-expect-error No such action of a slice that the engine holds.
converging(native(user), { version: 1, contract: { 'user/rename': {} } });
// @ts-expect-error A state of another shape.
converging(list, { version: 1, contract, upcast: () => ({ lines: [] }) });
// @ts-expect-error What may cross has to be said.
converging(list, { version: 1 });
// @ts-expect-error No such member.
store.getState().rows.lines;
// @ts-expect-error Two members.
rows.actions.add({ text: 'a' });`,
  ],
  [
    'crossApp takes actions, and no action creators that were not called',
    `import { createAction, type UnknownAction } from '@reduxjs/toolkit';
import { crossApp, type Action } from 'isthmus';
export const marked: true = crossApp(cart.actions.add()).meta.crossApp;
export const type: 'cart/add' = crossApp(cart.actions.add()).type;
export const wide = (action: UnknownAction) => crossApp(action);
export const wrapped = <A extends Action>(action: A) => crossApp(action);
// @ts-expect-error It was not called.
crossApp(cart.actions.add);
// @ts-expect-error It was not called.
crossApp(createAction('x'));
// @ts-expect-error It was not called.
crossApp(createAction<number>('x'));
// @ts-expect-error An action has a type.
crossApp({ payload: 1 });`,
  ],
  [
    'what has crossed is typed by the action creator that tells it',
    `import { createAction } from '@reduxjs/toolkit';
import { joinSharedStore } from 'isthmus';
import { payload, push } from 'isthmus/program';
import { createTestStore } from 'isthmus/testing';
const log = defineSlice({ name: 'log', initialState: [] as string[], reducers: { add: [push('', payload())] } });
const saved = createAction<{ at: number }>('saved');
const { bridge } = joinSharedStore({ app: 'a' }).store;
const lengths: number[] = [];
bridge.onCross(log.actions.add, ({ action }) => lengths.push(action.payload.length));
bridge.onCross(saved, ({ action, direction }) => lengths.push(action.payload.at + direction.length));
bridge.onCross(({ action }) => {
  if (log.actions.add.match(action)) lengths.push(action.payload.length);
});
bridge.onDrop(({ type }) => lengths.push(type?.length ?? 0));
export const told = async () =>
  (await createTestStore()).actions.filter(log.actions.add.match).map(({ payload }) => payload.length);
// @ts-expect-error A text has no such member.
bridge.onCross(log.actions.add, ({ action }) => action.payload.size);
// @ts-expect-error Of any action, nothing is known but its type.
bridge.onCross(({ action }) => action.payload);
// @ts-expect-error Nothing is told of the payload of a dropped message.
bridge.onDrop(({ payload }) => payload);
// @ts-expect-error Not an action creator.
bridge.onCross('log/add', () => undefined);`,
  ],
  [
    'configureStore(withIsthmus(...)) is typed as with the two halves of it',
    `import { configureStore, createAsyncThunk } from '@reduxjs/toolkit';
import type { SharedStore } from 'isthmus';
import { SharedStoreProvider } from 'isthmus/react';
import { withIsthmus } from 'isthmus/toolkit';
import type { StoreEnhancer } from 'redux';
const load = createAsyncThunk('load', async (id: number) => String(id));
const store = configureStore(
  withIsthmus(
    {
      reducer: { user: user.reducer, [api.reducerPath]: api.reducer },
      middleware: (defaults) =>
        defaults({ thunk: { extraArgument: { api: 'x' } } }).concat(api.middleware),
    },
    { app: 'host' },
  ),
);
export const name: string = store.getState().user.name;
export const extra: string = store.dispatch((_d, getState, { api }) => api + getState().user.name);
export const loaded: Promise<string> = store.dispatch(load(1)).unwrap();
export const picked: string | undefined = store.read(user, (state) => state.name);
export const shared: SharedStore = store;
export const shown = <SharedStoreProvider store={store} />;
store.dispose();
const plain = configureStore(withIsthmus({ reducer: user.reducer, preloadedState: { name: 'Eve' } }));
export const same: string = plain.dispatch((_d, getState) => getState().name);
declare const counted: StoreEnhancer<{ count: number }>;
const more = configureStore(
  withIsthmus({ reducer: { user: user.reducer }, enhancers: (defaults) => defaults().concat(counted) }),
);
export const counts: number = more.count;
more.watch(['user'], () => undefined)();
more.dispatch(() => 1);
// @ts-expect-error No such slice.
store.getState().usr;
// @ts-expect-error A number is no thunk.
store.dispatch(1);
// @ts-expect-error It takes a number.
plain.dispatch(load('1'));
// @ts-expect-error A reducer is missing.
withIsthmus({});
// @ts-expect-error No such option.
withIsthmus({ reducer: user.reducer }, { ap: 'host' });
// @ts-expect-error A state of another shape.
withIsthmus({ reducer: user.reducer, preloadedState: { name: 1 } });
// @ts-expect-error A callback, as configureStore takes it.
withIsthmus({ reducer: user.reducer, middleware: [] });`,
  ],
];

/** What is known of slices by their own types. */
export const typedBySlices: TypedModule[] = ofSlices.map(([what, code]) => [what, slices + code]);

/** The same where `SliceStates` tells more. */
export const typedBySliceStates: TypedModule[] = [
  [
    "a store of Redux Toolkit, SliceStates, a provider and an app's own slices in one file",
    `${slices}import { configureStore } from '@reduxjs/toolkit';
import { assertShared, getSharedStore, joinSharedStore, type StateOf } from 'isthmus';
import { SharedStoreProvider, useReady, useSharedSelector, useSharedValue } from 'isthmus/react';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { withIsthmus } from 'isthmus/toolkit';
declare module 'isthmus' {
  interface SliceStates {
    cart?: StateOf<typeof cart>;
    auth: { user: { name: string } | null; roles: { [id: string]: number } };
  }
}
export const store = configureStore({
  reducer: { user: user.reducer, [api.reducerPath]: api.reducer },
  middleware: (defaults) => defaults().concat(api.middleware, isthmusMiddleware),
  enhancers: (defaults) => defaults().prepend(isthmusEnhancer({ app: 'host' })),
});
assertShared(store);
const member = joinSharedStore({ app: 'b', slices: [user] });
const remote = joinSharedStore({ app: 'cart', slices: [cart] });
export const hosts = <SharedStoreProvider store={store}><Cart /></SharedStoreProvider>;
export const remotes = <SharedStoreProvider membership={member} store={member.store}><Cart /></SharedStoreProvider>;
const made = configureStore(withIsthmus({ reducer: { user: user.reducer } }, { app: 'host' }));
export const alsoHosts = <SharedStoreProvider store={made}><Cart /></SharedStoreProvider>;
export const sure: number = remote.store.getState().cart.items.length;
export const lazy: number | undefined = member.store.getState().cart?.items.length;
export const both: [string, string | undefined] =
  [member.store.getState().user.name, member.store.getState().auth.user?.name];
export const own: string = store.getState().user.name;
export const late: number | undefined = store.withSlices([cart]).getState().cart?.items.length;

function Cart() {
  const qty: number | undefined = useSharedValue(['cart', 'items', 0, 'qty']);
  const name: string | undefined = useSharedValue(['auth', 'user', 'name']);
  const roles: { [id: string]: number } = useSharedValue(['auth', 'roles']);
  const role: number | undefined = useSharedValue(['auth', 'roles', 'admin']);
  const nothing: undefined = useSharedValue(['auth', 'usr']);
  const unknown: unknown = useSharedValue(['other', 'thing']);
  const length: number | undefined = useSharedSelector((state) => state.cart?.items.length);
  const isReady: boolean = useReady('cart') && useReady('auth') && useReady(cart.name) && useReady(name!);
  // @ts-expect-error The key of no slice.
  useReady('auht');
  // @ts-expect-error There may be no user.
  const wrong: string = useSharedValue(['auth', 'user', 'name']);
  // @ts-expect-error A quantity is a number.
  const text: string | undefined = useSharedValue(['cart', 'items', 0, 'qty']);
  return <b>{[qty, name, roles.a, role, nothing, String(unknown), length, String(isReady), wrong, text]}</b>;
}
export const read: [number | undefined, string | undefined] =
  [getSharedStore().read(['cart', 'items', '0', 'qty']), member.store.read(['auth', 'user', 'name'])];

// @ts-expect-error The cart may be absent.
member.store.getState().cart.items;
// @ts-expect-error There may be no user.
export const wrong: string = getSharedStore().read(['auth', 'user', 'name']);
// @ts-expect-error A plain store is none of Isthmus.
export const plain = <SharedStoreProvider store={configureStore({ reducer: user.reducer })} />;`,
  ],
];
