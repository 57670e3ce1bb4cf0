import { createSlice } from '@reduxjs/toolkit';
import { defineSlice, native } from 'isthmus';
import { inc, payload, upsert } from 'isthmus/program';
import { changing, isthmusStore, reduxStore, rtkStore, subscribed } from '../stores.mjs';
import { zustandStore } from '../stores.mjs';

export const name = 'upsert';
export const title = 'Upsert into a cart of n items and read the changed quantity';
export const sizes = [10, 100, 1000];

/** Each call adds one to the quantity of another item, which the listener on the items reads back. */
export function contenders(size) {
  const wholes = { 'isthmus whole item': isthmusItem, 'isthmus whole list': isthmusList };
  const items = Array.from({ length: size }, (_, i) => ({ sku: `sku-${i}`, qty: 1 }));
  const make = { isthmus, ...wholes, draft, redux, rtk, zustand };
  return Object.fromEntries(
    Object.entries(make).map(([name, contender]) => [name, contender(items, turns(items))]),
  );
}

/** `next()` is the payload of the next call, `at()` the index and `quantity(items)` what it has changed. */
function turns(items) {
  let i = -1;
  return {
    next() {
      i = (i + 1) % items.length;
      return { sku: items[i].sku, qty: 1 };
    },
    at: () => i,
    quantity: (list) => list[i].qty,
  };
}

function isthmus(items, turn) {
  return isthmusReading(items, turn, (store) => store.read(['cart', 'items', turn.at(), 'qty']));
}

/** As a component would read that shows the item. */
function isthmusItem(items, turn) {
  return isthmusReading(items, turn, (store) => store.read(['cart', 'items', turn.at()]).qty);
}

/** As a component that shows the whole cart would read. */
function isthmusList(items, turn) {
  const path = ['cart', 'items'];
  return isthmusReading(items, turn, (store) => turn.quantity(store.read(path)));
}

/** The slice of Redux Toolkit, which the engine holds. */
function draft(items, turn) {
  const read = (store) => store.read(['cart', 'items', turn.at(), 'qty']);
  return held(native(rtkCart(items)), turn, read);
}

function isthmusReading(items, turn, read) {
  const value = payload();
  const cart = defineSlice({
    name: 'cart',
    initialState: { items },
    reducers: {
      addItem: [upsert('/items', { by: 'sku', value, onMatch: [inc('/qty', payload('qty'))] })],
    },
    index: { '/items': ['sku'] },
  });
  return held(cart, turn, read);
}

function held(cart, { next }, read) {
  const store = isthmusStore([cart]);
  return changing(
    () => store.dispatch(cart.actions.addItem(next())),
    (listener) => store.watch(['cart', 'items'], listener),
    () => read(store),
  );
}

function redux(items, { next, quantity }) {
  const cart = (state = { items }, { type, payload: item }) =>
    type === 'cart/addItem' ? { ...state, items: withItem(state.items, item) } : state;
  const store = reduxStore({ cart });
  const add = () => store.dispatch({ type: 'cart/addItem', payload: next() });
  return subscribed(store, add, ({ cart }) => quantity(cart.items));
}

function withItem(items, { sku, qty }) {
  const at = items.findIndex((item) => item.sku === sku);
  if (at < 0) return [...items, { sku, qty }];
  const copy = items.slice();
  copy[at] = { ...items[at], qty: items[at].qty + qty };
  return copy;
}

function addTo(items, { sku, qty }) {
  const found = items.find((item) => item.sku === sku);
  if (found) found.qty += qty;
  else items.push({ sku, qty });
}

function rtkCart(items) {
  return createSlice({
    name: 'cart',
    initialState: { items },
    reducers: { addItem: (state, { payload: item }) => addTo(state.items, item) },
  });
}

function rtk(items, { next, quantity }) {
  const { reducer, actions } = rtkCart(items);
  const store = rtkStore({ cart: reducer });
  const add = () => store.dispatch(actions.addItem(next()));
  return subscribed(store, add, ({ cart }) => quantity(cart.items));
}

function zustand(items, { next, quantity }) {
  const store = zustandStore({ cart: { items } });
  const add = () => store.setState(({ cart }) => addTo(cart.items, next()));
  return subscribed(store, add, ({ cart }) => quantity(cart.items));
}
