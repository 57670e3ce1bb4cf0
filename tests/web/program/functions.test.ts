import { createSlice, createEntityAdapter, type PayloadAction } from '@reduxjs/toolkit';
import { createIsolatedStore, defineSlice, joinSharedStore, loadEngine, native } from 'isthmus';
import { inc } from 'isthmus/program';
import { describe, expect, it, vi } from 'vitest';

await loadEngine();

interface Item {
  sku: string;
  qty: number;
}

const initial = { items: [] as Item[], note: '' };
const cart = defineSlice({
  name: 'cart',
  initialState: initial,
  reducers: {
    addItem(state, action: PayloadAction<Item>) {
      const found = state.items.find(({ sku }) => sku === action.payload.sku);
      if (found) found.qty += action.payload.qty;
      else state.items.push(action.payload);
    },
    wrong(state) {
      state.note = 'half';
      throw new Error('refused');
    },
    clear: () => initial,
  },
  on: { 'auth/logout': () => initial },
});

it('a function writes to a draft of the state', () => {
  const store = createIsolatedStore({ name: 'functions', slices: [cart] });
  const qty = vi.fn();
  store.watch(['cart', 'items', 0, 'qty'], qty);
  store.dispatch(cart.actions.addItem({ sku: 'a', qty: 1 }));
  store.dispatch(cart.actions.addItem({ sku: 'b', qty: 1 }));
  const before = store.getState().cart;
  store.dispatch(cart.actions.addItem({ sku: 'a', qty: 2 }));
  const after = store.getState().cart;
  expect(after).toEqual({
    items: [
      { sku: 'a', qty: 3 },
      { sku: 'b', qty: 1 },
    ],
    note: '',
  });
  expect(after.items[1]).toBe(before.items[1]);
  expect(qty).toHaveBeenCalledTimes(2);
  expect(() => store.dispatch(cart.actions.wrong())).toThrow('refused');
  expect(store.getState().cart).toBe(after);
  store.dispatch({ type: 'auth/logout' });
  expect(store.getState().cart).toEqual(initial);
});

it('a slice of Redux Toolkit is held by the engine', () => {
  const adapter = createEntityAdapter<{ id: string; n: number }>();
  const products = createSlice({
    name: 'products',
    initialState: adapter.getInitialState({ total: 0 }),
    reducers: {
      added: adapter.addMany,
      updated: adapter.updateOne,
      counted: (state) => void state.total++,
    },
    extraReducers: (builder) =>
      builder.addCase('products/reset', () => adapter.getInitialState({ total: -1 })),
  });
  const held = native(products);
  const store = createIsolatedStore({ name: 'toolkit', slices: [held] });
  const { added, updated, counted } = held.actions;
  store.dispatch(added(Array.from({ length: 1000 }, (_, i) => ({ id: `p${i}`, n: i }))));
  store.dispatch(updated({ id: 'p7', changes: { n: -7 } }));
  store.dispatch(counted());
  const state = store.getState().products;
  expect(state.entities['p7']).toEqual({ id: 'p7', n: -7 });
  expect(state.total).toBe(1);
  expect(state.ids).toHaveLength(1000);
  store.dispatch({ type: 'products/reset' });
  expect(store.getState().products).toEqual({ ids: [], entities: {}, total: -1 });
});

it('steps and functions share a slice', () => {
  const count = defineSlice({
    name: 'count',
    initialState: { value: 0 },
    reducers: { inc: [inc('/value')], double: (state) => void (state.value *= 2) },
  });
  const store = createIsolatedStore({ name: 'both', slices: [count] });
  store.dispatch(count.actions.inc());
  store.dispatch(count.actions.double());
  store.dispatch(count.actions.inc());
  expect(store.getState().count).toEqual({ value: 3 });
});

describe('a function that cannot be followed', () => {
  const open = (reducer: (state: { list: unknown[]; n: unknown }) => unknown) => {
    const slice = defineSlice({
      name: 'loose',
      initialState: { list: [] as unknown[], n: 0 as unknown },
      reducers: { run: reducer as never },
    });
    const store = createIsolatedStore({ name: 'loose', slices: [slice] });
    const before = store.getState();
    const run = () => store.dispatch({ type: 'loose/run' });
    return { store, before, run };
  };

  it.each<[what: string, reducer: Parameters<typeof open>[0], message: RegExp]>([
    ['writes what is no data', (state) => void (state.n = new Date()), /Date.*\/n/s],
    [
      'writes a number that is none',
      (state) => void state.list.push({ a: NaN }),
      /NaN.*\/list\/0\/a/s,
    ],
    ['writes and returns', (state) => ((state.n = 1), { n: 2 }), /do one of both/],
    ['is asynchronous', async () => undefined, /promise/],
    ['contains itself', (state) => void (state.n = state), /contain itself/],
  ])('because it %s is an error with its place, and changes nothing', (_, reducer, message) => {
    const { store, before, run } = open(reducer);
    expect(run).toThrow(message);
    expect(store.getState()).toBe(before);
  });

  it('a draft of it is of no use afterwards, and says so', () => {
    let kept: unknown[] = [];
    const { run } = open((state) => void (kept = state.list));
    run();
    expect(() => kept.push(1)).toThrow(/after its reducer had ended/);
  });

  it('leaves other slices as they were', () => {
    const count = defineSlice({
      name: 'count',
      initialState: 0,
      reducers: {},
      on: { go: (state) => state + 1 },
    });
    const js = {
      key: 'js',
      reducer: (state = 0, { type }: { type: string }) => (type === 'go' ? state + 1 : state),
    };
    const strict = {
      key: 'strict',
      reducer: (state = 0, { payload }: { payload?: string }) => {
        if (payload === 'refuse') throw new Error('refused');
        return state;
      },
    };
    const store = createIsolatedStore({ name: 'atomic', slices: [count, js, strict] });
    store.dispatch({ type: 'go' });
    const before = store.getState();
    expect(before).toEqual({ count: 1, js: 1, strict: 0 });
    expect(() => store.dispatch({ type: 'go', payload: 'refuse' } as never)).toThrow('refused');
    expect(store.getState()).toBe(before);
  });
});

it('what is undefined is left out of an object, and null in an array', () => {
  const slice = defineSlice({
    name: 'gaps',
    initialState: { a: 1 as number | undefined, list: [1, 2] as (number | undefined)[] },
    reducers: {
      run(state) {
        state.a = undefined;
        state.list[0] = undefined;
        state.list.length = 3;
      },
    },
  });
  const store = createIsolatedStore({ name: 'gaps', slices: [slice] });
  store.dispatch(slice.actions.run());
  expect(store.getState().gaps).toEqual({ list: [null, 2, null] });
});

it('functions take another version of their slice, and the state that was preloaded', () => {
  const version = (step: number) =>
    defineSlice({ name: 'n', initialState: 0, reducers: { add: (state) => state + step } });
  const membership = joinSharedStore({ app: 'host', name: 'versions', preloadedState: { n: 10 } });
  const { store } = membership;
  const lease = membership.inject(version(1));
  store.dispatch({ type: 'n/add' });
  lease.replace(version(5));
  store.dispatch({ type: 'n/add' });
  expect(store.getState().n).toBe(16);
  lease.dispose({ now: true });
  membership.inject(version(2));
  store.dispatch({ type: 'n/add' });
  expect(store.getState().n).toBe(2);
  membership.leave();
});

it('a reducer of functions is a pure Redux reducer over views and plain data', () => {
  const { addItem } = cart.actions;
  const first = cart.reducer(undefined, addItem({ sku: 'a', qty: 1 }));
  const second = cart.reducer(first, addItem({ sku: 'b', qty: 1 }));
  expect(first.items).toHaveLength(1);
  expect(second.items[0]).toBe(first.items[0]);
  expect(cart.reducer(second, { type: 'other' })).toBe(second);
  const fromPlain = cart.reducer({ items: [], note: 'plain' }, addItem({ sku: 'c', qty: 3 }));
  expect(fromPlain).toEqual({ items: [{ sku: 'c', qty: 3 }], note: 'plain' });
});

it('functions are typed by the state and by their action', () => {
  const { addItem, clear, wrong } = cart.actions;
  const types = (): unknown[] => [
    addItem({ sku: 'a', qty: 1 }).payload.qty,
    clear(),
    wrong(),
    // @ts-expect-error of another type
    addItem({ sku: 1, qty: 1 }),
    // @ts-expect-error without its payload
    addItem(),
    defineSlice({
      name: 'typed',
      initialState: { n: 0 },
      reducers: {
        // @ts-expect-error no such member
        more: (state) => void (state.m = 1),
        // @ts-expect-error no such state
        less: () => ({ n: 'none' }),
        add: (state, { payload }: { type: string; payload: number }) => void (state.n += payload),
      },
      on: {
        // @ts-expect-error no such member
        other: (state) => void (state.m = 1),
      },
    }),
    defineSlice({
      name: 'secret',
      initialState: 0,
      reducers: { set: (_, { payload }: { type: string; payload: { n: number } }) => payload.n },
      contract: {
        // @ts-expect-error no such path in the payload
        'secret/set': { payload: { type: 'object' }, never: ['/token'] },
      },
    }),
  ];
  expect(types).toBeTypeOf('function');
});
