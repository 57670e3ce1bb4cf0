// @vitest-environment jsdom
import { configureStore, createListenerMiddleware } from '@reduxjs/toolkit';
import {
  converging,
  createIsolatedStore,
  defineSlice,
  joinSharedStore,
  loadEngine,
  plain,
  type IsolatedStore,
  type Membership,
  type SharedStore,
  type Slice,
} from 'isthmus';
import { inc, payload, push } from 'isthmus/program';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { createTestHub, type TestHub } from 'isthmus/testing';
import type { Action, Middleware, Reducer, StoreEnhancer } from 'redux';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

await loadEngine(undefined, { whole: true });

const cartOf = (converge = true, schemaVersion = 1) =>
  defineSlice({
    name: 'cart',
    converge,
    schemaVersion,
    initialState: { count: 0, list: [] as string[] },
    reducers: { add: [inc('/count', payload())], put: [push('/list', payload())] },
    contract: {
      'cart/add': { payload: { type: 'number' } },
      'cart/put': { payload: { type: 'string' } },
    },
  });
const cart = cartOf();
const trail = converging(
  {
    key: 'trail',
    reducer: (state: readonly unknown[] = [], action: Action & { payload?: unknown }) =>
      action.type === 'cart/add' ? [...state, action.payload] : state,
  },
  { version: 1, contract: {} },
);

let hub: TestHub;
let tests = 0;
/** Of the stores of a test. */
const name = () => `app-${tests}`;
const ends: (() => void)[] = [];
beforeEach(() => {
  hub = createTestHub();
  tests += 1;
});
afterEach(() => {
  ends.splice(0).forEach((end) => end());
  vi.restoreAllMocks();
});

interface Brought {
  reducer?: Record<string, Reducer>;
  middleware?: Middleware[];
  enhancers?: StoreEnhancer[];
}

function openRedux({ reducer = {}, middleware = [], enhancers = [] }: Brought = {}): SharedStore {
  const bridge = { transport: hub.connect() };
  const store = configureStore({
    reducer: { note: ((state = '') => state as string) as Reducer, ...reducer },
    middleware: (defaults) => defaults().concat(...middleware, isthmusMiddleware) as never,
    enhancers: (defaults) =>
      defaults()
        .prepend(isthmusEnhancer({ app: 'host', name: name(), bridge }))
        .concat(...enhancers) as never,
  }) as unknown as SharedStore & { dispose(): void };
  ends.push(() => store.dispose());
  return store;
}

function openOwn(): SharedStore {
  const bridge = { transport: hub.connect() };
  const membership = joinSharedStore({ app: 'host', name: name(), bridge });
  ends.push(() => membership.leave());
  return membership.store;
}

function join(slices: Slice[]): Membership {
  const membership = joinSharedStore({ app: 'remote', name: name(), slices });
  ends.unshift(() => membership.leave());
  return membership;
}

/** Another tab. */
function openOther(slices: Slice[] = [cart, trail]): IsolatedStore {
  const bridge = { transport: hub.connect() };
  const store = createIsolatedStore({ name: name(), slices, bridge });
  ends.push(() => store.dispose());
  return store;
}

const shown = (store: SharedStore) => ({
  cart: plain(store.read(['cart'])),
  trail: store.read(['trail']),
});

describe.each([
  ["Isthmus' own", openOwn],
  ['isthmus/redux', openRedux],
])('a converging slice that an app brings to the store of %s', (_, open) => {
  it('has the state of the other tabs before it is ready, and goes without a word to them', async () => {
    const other = openOther();
    other.dispatch(cart.actions.add(1));
    hub.settle();
    const store = open();
    const remote = join([cart, trail]);
    expect(store.status('cart')).toBe('loading');
    hub.settle();
    expect(store.status('cart')).toBe('ready');
    expect(shown(store)).toEqual({ cart: { count: 1, list: [] }, trail: [1] });

    remote.leave();
    await new Promise((resolve) => setTimeout(resolve));
    expect(store.getState()).not.toHaveProperty('cart');
    expect(store.getState()).not.toHaveProperty('trail');
    other.dispatch(cart.actions.add(2));
    hub.settle();
    join([trail, cart]);
    hub.settle();
    store.dispatch(cart.actions.add(4));
    hub.settle();
    expect(shown(store)).toEqual({ cart: { count: 7, list: [] }, trail: [1, 2, 4] });
    expect(shown(other)).toEqual(shown(store));
  });

  it('keeps its state when it begins to converge, and when it ends to', () => {
    const store = open();
    const remote = join([]);
    const lease = remote.inject(cartOf(false));
    store.dispatch(cart.actions.add(3));
    lease.replace(cart);
    hub.settle();
    expect(plain(store.read(['cart']))).toEqual({ count: 3, list: [] });
    const other = openOther([cart]);
    hub.settle();
    expect(plain(other.read(['cart']))).toEqual({ count: 3, list: [] });
    other.dispatch(cart.actions.add(1));
    hub.settle();
    expect(store.read(['cart', 'count'])).toBe(4);

    lease.replace(cartOf(false));
    store.dispatch(cart.actions.add(10));
    other.dispatch(cart.actions.add(100));
    hub.settle();
    expect(store.read(['cart', 'count'])).toBe(114); // what crosses reaches slices that do not converge, too
    expect(other.read(['cart', 'count'])).toBe(104);
  });

  it('goes on with the state of all when its version is replaced by another', async () => {
    const store = open();
    const remote = join([]);
    const versionOf = (version: number, step: number) =>
      converging(
        {
          key: 'sum',
          reducer: (sum: number = 0, { type }: Action) => (type === 'sum/add' ? sum + step : sum),
        },
        { version, contract: { 'sum/add': {} } },
      );
    const other = openOther([versionOf(2, 10)]);
    const lease = remote.inject(versionOf(1, 1));
    hub.settle();
    store.dispatch({ type: 'sum/add' });
    hub.settle();
    lease.replace(versionOf(2, 10));
    await Promise.resolve();
    hub.settle();
    expect(store.read(['sum'])).toBe(other.read(['sum']));
    store.dispatch({ type: 'sum/add' });
    hub.settle();
    expect(store.read(['sum'])).toBe(other.read(['sum']));
  });

  it('is ready in the end though it is replaced while it waits for the others', () => {
    const other = openOther();
    other.dispatch(cart.actions.add(1));
    hub.settle();
    const store = open();
    const lease = join([]).inject(cart);
    expect(store.status('cart')).toBe('loading');
    lease.replace(cartOf(true, 2));
    lease.replace(cart);
    expect(store.status('cart')).toBe('loading');
    hub.settle();
    expect(store.status('cart')).toBe('ready');
    expect(store.read(['cart', 'count'])).toBe(1);
    lease.replace(cartOf(false));
    expect(store.status('cart')).toBe('ready');
  });

  it('is refused where its app brings what is no state, and all stays as it was', () => {
    const store = open();
    const before = store.getState();
    const remote = join([]);
    const odd = converging(
      { key: 'odd', reducer: (state: unknown = { at: new Date(0) }) => state },
      { version: 1, contract: {} },
    );
    expect(() => remote.inject(odd)).toThrow();
    expect(store.getState()).toEqual(before);
    join([cart]);
    hub.settle();
    store.dispatch(cart.actions.add(1));
    expect(store.read(['cart', 'count'])).toBe(1);
  });
});

/** `other` first; each before it has heard of the other. */
function putOneAfterOther(
  other: Pick<SharedStore, 'dispatch'>,
  own: Pick<SharedStore, 'dispatch'>,
) {
  other.dispatch(cart.actions.put('other'));
  own.dispatch(cart.actions.put('own'));
}

describe('a converging slice of isthmus/redux', () => {
  it('gives the checks of Redux Toolkit nothing to complain of, whatever its order', () => {
    const complaint = vi.spyOn(console, 'error');
    const [store, other] = [openRedux(), openOther()];
    join([cart, trail]);
    hub.settle();
    for (let round = 0; round < 5; round++) {
      other.dispatch(cart.actions.put(`other ${round}`));
      store.dispatch(cart.actions.put(`own ${round}`));
      store.dispatch(cart.actions.add(1));
      hub.settle();
    }
    expect(shown(store)).toEqual(shown(other));
    expect(complaint).not.toHaveBeenCalled();
  });

  it('runs the effects of listener middleware once per action', () => {
    const { middleware, startListening } = createListenerMiddleware();
    const effect = vi.fn();
    startListening({ predicate: ({ type }) => type.startsWith('cart/'), effect });
    const [store, other] = [openRedux({ middleware: [middleware] }), openOther()];
    join([cart, trail]);
    hub.settle();
    putOneAfterOther(other, store);
    hub.settle();
    expect(plain(store.read(['cart', 'list']))).toEqual(['other', 'own']);
    expect(effect.mock.calls.map(([action]) => (action as { payload: string }).payload)).toEqual([
      'own',
      'other',
    ]);
  });

  it('tells its listeners once of a rewind, and leaves what is the same as it is', () => {
    const [store, other] = [openRedux(), openOther()];
    join([cart, trail]);
    hub.settle();
    store.dispatch(cart.actions.add(1));
    hub.settle();
    putOneAfterOther(other, store);
    const { trail: before, note } = store.getState() as Record<string, unknown>;
    const told = { all: vi.fn(), count: vi.fn(), list: vi.fn() };
    store.subscribe(told.all);
    store.watch(['cart', 'count'], told.count);
    store.watch(['cart', 'list'], told.list);
    hub.flush();
    expect(plain(store.read(['cart', 'list']))).toEqual(['other', 'own']);
    expect(told.all).toHaveBeenCalledTimes(1);
    expect(told.list).toHaveBeenCalledTimes(1);
    expect(told.count).not.toHaveBeenCalled();
    expect(store.getState()).toMatchObject({ trail: before, note });
    expect((store.getState() as { trail: unknown }).trail).toBe(before);
  });

  it('leaves all as it was where the root reducer refuses an own action', () => {
    const picky = ((state = 0, { type }: Action) => {
      if (type === 'cart/put') throw new Error('not with me');
      return state as number;
    }) as Reducer;
    const [store, other] = [openRedux({ reducer: { picky } }), openOther()];
    join([cart, trail]);
    hub.settle();
    const before = store.getState();
    expect(() => store.dispatch(cart.actions.put('x'))).toThrow('not with me');
    expect(store.getState()).toBe(before);
    expect(store.bridge.counters().sent).toBe(0);
    other.dispatch(cart.actions.put('y'));
    hub.settle();
    expect(plain(store.read(['cart', 'list']))).toEqual(['y']);
    expect(store.bridge.counters().dropped).toEqual({ reducer: 1 });
    store.dispatch(cart.actions.add(1));
    hub.settle();
    expect(shown(store)).toEqual(shown(other));
  });

  it('takes an action once though an enhancer runs the reducers twice on it', () => {
    const twice: StoreEnhancer = (create) => (reducer, state) =>
      create((before, action) => {
        reducer(before as never, action);
        return reducer(before as never, action);
      }, state);
    const [store, other] = [openRedux({ enhancers: [twice] }), openOther()];
    join([cart, trail]);
    hub.settle();
    store.dispatch(cart.actions.add(1));
    hub.settle();
    other.dispatch(cart.actions.add(2));
    hub.settle();
    expect(shown(store)).toEqual({ cart: { count: 3, list: [] }, trail: [1, 2] });
    expect(shown(other)).toEqual(shown(store));
    expect(store.bridge.counters()).toMatchObject({ sent: 1, accepted: 1 });
  });

  it('is refused under a key of the root reducer', () => {
    openRedux({ reducer: { cart: cart.reducer as Reducer } });
    expect(() => join([cart])).toThrow(/root reducer.*'cart'/);
  });

  it('is shown to a root reducer that reads nothing of it', () => {
    const states: unknown[] = [];
    const note = ((state: string = '', action: Action) => {
      states.push(state);
      return action.type === 'note' ? 'noted' : state;
    }) as Reducer;
    const store = openRedux({ reducer: { note } });
    join([cart, trail]);
    hub.settle();
    store.dispatch(cart.actions.add(1));
    store.dispatch({ type: 'note' });
    expect(new Set(states)).toEqual(new Set(['']));
    expect(store.getState()).toEqual({ note: 'noted', cart: { count: 1, list: [] }, trail: [1] });
  });

  it('is nothing to a store that has ended', () => {
    const store = openRedux() as SharedStore & { dispose(): void };
    join([cart, trail]);
    hub.settle();
    store.dispose();
    expect(() => store.dispatch(cart.actions.add(1))).not.toThrow();
    expect(store.getState()).toEqual({ note: '' });
  });
});
