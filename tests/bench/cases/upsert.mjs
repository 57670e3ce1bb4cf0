import { createSlice, configureStore } from '@reduxjs/toolkit';
import { createIsolatedStore, defineSlice, inc, payload, upsert } from 'isthmus';
import { combineReducers, createStore } from 'redux';

export const name = 'upsert into a cart';
export const sizes = [10, 100, 1000];

/** Each dispatch adds to the quantity of one item in turn; one listener reads the items back. */
export function contenders(size) {
  const items = Array.from({ length: size }, (_, i) => ({ sku: `sku-${i}`, qty: 1 }));
  return { isthmus: isthmus(items), redux: redux(items), rtk: rtk(items) };
}

function nextPayload(items) {
  let i = 0;
  return () => ({ sku: items[(i = (i + 1) % items.length)].sku, qty: 1 });
}

function isthmus(items) {
  const cart = defineSlice({
    name: 'cart',
    initialState: { items },
    reducers: {
      addItem: [
        upsert('/items', { by: 'sku', value: payload(), onMatch: [inc('/qty', payload('qty'))] }),
      ],
    },
  });
  const store = createIsolatedStore({ name: 'bench', slices: [cart] });
  let seen;
  store.watch(['cart', 'items'], () => (seen = store.read(['cart', 'items'])));
  const next = nextPayload(items);
  return () => (store.dispatch(cart.actions.addItem(next())), seen);
}

function redux(items) {
  const cart = (state = { items }, { type, payload: { sku, qty } = {} }) => {
    if (type !== 'cart/addItem') return state;
    const at = state.items.findIndex((item) => item.sku === sku);
    if (at < 0) return { ...state, items: [...state.items, { sku, qty }] };
    const found = state.items[at];
    return { ...state, items: state.items.with(at, { ...found, qty: found.qty + qty }) };
  };
  const store = createStore(combineReducers({ cart }));
  const next = nextPayload(items);
  return listening(store, () => ({ type: 'cart/addItem', payload: next() }));
}

function rtk(items) {
  const { reducer, actions } = createSlice({
    name: 'cart',
    initialState: { items },
    reducers: {
      addItem(state, { payload: { sku, qty } }) {
        const found = state.items.find((item) => item.sku === sku);
        if (found) found.qty += qty;
        else state.items.push({ sku, qty });
      },
    },
  });
  const store = configureStore({ reducer: { cart: reducer }, middleware: () => [] });
  const next = nextPayload(items);
  return listening(store, () => actions.addItem(next()));
}

function listening(store, nextAction) {
  let seen;
  store.subscribe(() => (seen = store.getState().cart.items));
  return () => (store.dispatch(nextAction()), seen);
}
