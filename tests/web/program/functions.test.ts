import { createSlice, createEntityAdapter, type PayloadAction } from '@reduxjs/toolkit';
import { createIsolatedStore, defineSlice, inc, loadEngine, native } from 'isthmus';
import { expect, it, vi } from 'vitest';

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
  const before = store.getState().cart as typeof initial;
  store.dispatch(cart.actions.addItem({ sku: 'a', qty: 2 }));
  const after = store.getState().cart as typeof initial;
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
  const state = store.getState().products as ReturnType<typeof products.getInitialState>;
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
