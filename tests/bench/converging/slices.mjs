// The slices of the benchmarks of what converges: with `converges` each changes by its own actions as soon
// as they are dispatched; without, by the same actions, marked to cross.

import { converging, createIsolatedStore, defineSlice } from 'isthmus';
import { inc } from 'isthmus/program';
import { loaded } from '../products.mjs';

const nothing = { type: 'null' };
const initialState = { value: 0 };
const contract = { 'counter/add': { payload: nothing } };

export function counter(converges) {
  const reducers = { add: [inc('/value')] };
  return defineSlice({ name: 'counter', converge: converges, initialState, reducers, contract });
}

/** The same with an ordinary reducer. */
export function jsCounter(converges) {
  const reducer = (state = initialState, { type }) =>
    type === 'counter/add' ? { ...state, value: state.value + 1 } : state;
  const slice = { key: 'counter', reducer };
  return converges ? converging(slice, { version: 1, contract }) : { ...slice, contract };
}

const text = { type: 'string', maxLength: 64 };

export function cart(size, converges = true) {
  const items = Array.from({ length: size }, (_, i) => ({ sku: `sku-${i}`, qty: 1 }));
  return defineSlice({
    name: 'cart',
    converge: converges,
    initialState: { items },
    index: { '/items': ['sku'] },
    reducers: {
      addItem: [
        {
          op: 'upsert',
          path: '/items',
          by: 'sku',
          value: { var: 'payload' },
          onMatch: [{ op: 'inc', path: '/qty', value: { var: 'payload.qty' } }],
        },
      ],
    },
    contract: {
      'cart/addItem': {
        payload: { type: 'object', properties: { sku: text, qty: { type: 'integer' } } },
      },
    },
  });
}

export function products(size, converges = true) {
  return defineSlice({
    name: 'products',
    converge: converges,
    initialState: loaded(size),
    reducers: {
      addMany: [{ op: 'addMany', path: '' }],
      updateOne: [{ op: 'updateOne', path: '' }],
    },
    contract: {
      'products/addMany': { payload: { type: 'array' } },
      'products/updateOne': { payload: { type: 'object' } },
    },
  });
}

/** A store with one of them. */
export function openStore(transport, slice, options) {
  return createIsolatedStore({ name: 'bench', slices: [slice], bridge: { transport, ...options } });
}
