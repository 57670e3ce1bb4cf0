// The entities of the benchmarks: what a shop's page loads, as `JSON.parse` makes it of a response, so
// that no string is a constant of this program.

import { createEntityAdapter, createSlice } from '@reduxjs/toolkit';
import { defineSlice } from 'isthmus';

/** Such as {"id":"id-123","name":"Product 123","price":12.5,"stock":7,"tags":["shelf-3","brand-123"]}. */
export function productsJson(count) {
  return JSON.stringify(
    Array.from({ length: count }, (_, i) => ({
      id: `id-${i}`,
      name: `Product ${i}`,
      price: (i % 1000) + 0.5,
      stock: i % 50,
      tags: [`shelf-${i % 40}`, `brand-${i % 300}`],
    })),
  );
}

export const EMPTY = { ids: [], entities: {} };

/** The normalized state of a list of entities. */
export function normalized(list) {
  const entities = {};
  for (const entity of list) entities[entity.id] = entity;
  return { ids: list.map(({ id }) => id), entities };
}

export const loaded = (count) => normalized(JSON.parse(productsJson(count)));

/** The slice as an Isthmus user writes it. */
export function isthmusProducts(initialState) {
  return defineSlice({
    name: 'products',
    initialState,
    reducers: { setAll: [{ op: 'setAll', path: '' }], updateOne: [{ op: 'updateOne', path: '' }] },
  });
}

/** The slice as a user of Redux Toolkit writes it. */
export function rtkProducts(initialState) {
  const { setAll, updateOne } = createEntityAdapter();
  return createSlice({ name: 'products', initialState, reducers: { setAll, updateOne } });
}

/** The slice as a reducer by hand. */
export function reduxProducts(initialState) {
  return (state = initialState, { type, payload }) => {
    switch (type) {
      case 'products/setAll':
        return normalized(payload);
      case 'products/updateOne':
        return { ...state, entities: updated(state.entities, payload) };
      default:
        return state;
    }
  };
}

function updated(entities, { id, changes }) {
  return { ...entities, [id]: { ...entities[id], ...changes } };
}

/** What a first render does: looks at every entity. */
export function sumPrices(entities) {
  let sum = 0;
  for (const { price } of Object.values(entities)) sum += price;
  return sum;
}
