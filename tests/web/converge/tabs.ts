import { configureStore } from '@reduxjs/toolkit';
import {
  createIsolatedStore,
  defineSlice,
  joinSharedStore,
  type IsolatedStore,
  type Membership,
  type Slice,
  type SliceAction,
} from 'isthmus';
import { inc, payload, push, reset, set } from 'isthmus/program';
import { isthmusEnhancer, isthmusMiddleware, type ReduxStoreOptions } from 'isthmus/redux';
import { createTestHub, type TestHub, type TestHubOptions } from 'isthmus/testing';

/** A cart whose list depends on the order of actions, and whose count does not. */
const cart = {
  name: 'cart',
  converge: true,
  initialState: { count: 0, list: [] as string[], owner: { name: 'nobody' } },
  contract: {
    'cart/add': { payload: { type: 'number' } },
    'cart/put': { payload: { type: 'string', maxLength: 40 } },
  },
} as const;

export function cartSlice() {
  return defineSlice({
    ...cart,
    reducers: { add: [inc('/count', payload())], put: [push('/list', payload())] },
    on: { 'auth/logout': [reset()] },
  });
}

/** The same with functions, which write to drafts. */
export function functionCartSlice() {
  return defineSlice({
    ...cart,
    reducers: {
      add: (state, { payload: count }: SliceAction<number>) => void (state.count += count),
      put: (state, { payload: text }: SliceAction<string>) => void state.list.push(text),
    },
    on: { 'auth/logout': () => cart.initialState },
  });
}

/** The same with a reducer of either kind. */
export function mixedCartSlice() {
  return defineSlice({
    ...cart,
    reducers: {
      add: [inc('/count', payload())],
      put: (state, { payload: text }: SliceAction<string>) => void state.list.push(text),
    },
    on: { 'auth/logout': [reset()] },
  });
}

/** All kinds of native slice. */
export const cartKinds: [name: string, make: () => ReturnType<typeof cartSlice>][] = [
  ['steps', cartSlice],
  ['functions', functionCartSlice],
  ['functions and steps', mixedCartSlice],
];

/** A slice that stays as it was: only what is marked crosses. */
export function themeSlice() {
  return defineSlice({
    name: 'theme',
    initialState: 'light',
    reducers: { change: [set('', payload())] },
    contract: { 'theme/change': { payload: { type: 'string' } } },
  });
}

export const logout = {
  'auth/logout': { payload: { type: 'null' } },
} as const;

type StoreOptions = NonNullable<Parameters<typeof createIsolatedStore>[0]>;

export type MakeStore = (options: StoreOptions) => IsolatedStore;

/** Both kinds of store; what holds for converging slices holds in either. */
export const storeKinds: [name: string, make: MakeStore][] = [
  ["a store of Isthmus' own", createIsolatedStore],
  ['a store of isthmus/redux', createReduxStore],
];

/** Both kinds of store with both kinds of native slice. */
export const kinds = storeKinds.flatMap(([store, make]) =>
  cartKinds.map(([cart, slice]) => [`${cart} in ${store}`, make, slice] as const),
);

/** Both kinds of store as apps of this page join them, and how all of it ends. */
export const joinedKinds: [name: string, join: (options: StoreOptions) => Membership][] = [
  [storeKinds[0]![0], (options) => joinSharedStore({ app: 'host', ...options })],
  [storeKinds[1]![0], joinReduxStore],
];

function joinReduxStore({ name, bridge, ...brought }: StoreOptions): Membership {
  const store = createReduxStore({ app: 'root', name, bridge });
  const membership = joinSharedStore({ app: 'host', name, ...brought });
  const leave = () => {
    membership.leave();
    store.dispose();
  };
  return { ...membership, leave };
}

function createReduxStore(options: StoreOptions | ReduxStoreOptions): IsolatedStore {
  const own = (actions: number = 0) => actions;
  const store = configureStore({
    reducer: { own },
    middleware: (defaults) => defaults().concat(isthmusMiddleware),
    enhancers: (defaults) => defaults().prepend(isthmusEnhancer(options as ReduxStoreOptions)),
  });
  return store as unknown as IsolatedStore;
}

/** Tabs of one channel, each with one store. */
export class Tabs {
  readonly hub: TestHub;
  readonly stores: IsolatedStore[] = [];
  readonly #make: MakeStore;

  constructor(make: MakeStore = createIsolatedStore, options?: TestHubOptions) {
    this.#make = make;
    this.hub = createTestHub(options);
  }

  open(slices: readonly Slice[], options: StoreOptions | object = {}) {
    const transport = this.hub.connect();
    const store = this.#make({
      name: 'app',
      slices: [...slices],
      contract: logout,
      bridge: { transport },
      ...options,
    });
    this.stores.push(store);
    return store;
  }

  /** Two of them that have joined. */
  pair(slices: () => readonly Slice[]): [IsolatedStore, IsolatedStore] {
    const pair: [IsolatedStore, IsolatedStore] = [this.open(slices()), this.open(slices())];
    this.hub.settle();
    return pair;
  }

  close(): void {
    for (const store of this.stores) store.dispose();
  }
}
