import { configureStore } from '@reduxjs/toolkit';
import { createIsolatedStore } from 'isthmus';
import { combineReducers, createStore, isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { reduxStore, rtkStore, subscribed } from '../stores.mjs';

export const name = 'js-slices';
export const title = 'Count up in one of n slices with hand-written reducers';
export const sizes = [1, 20, 100];

/** The very same reducers in every store. */
export function contenders(size) {
  const names = Array.from({ length: size }, (_, i) => `counter${i}`);
  const reducers = () => Object.fromEntries(names.map((name) => [name, reducerOf(name)]));
  return {
    isthmus: counting(createStore(combineReducers(reducers()))),
    'isthmus own store': counting(createIsolatedStore({ name: 'bench', reducers: reducers() })),
    redux: counting(reduxStore(reducers())),
    'isthmus in rtk': counting(enhanced(reducers())),
    rtk: counting(rtkStore(reducers())),
  };
}

const initialState = { value: 0 };

function reducerOf(name) {
  const added = `${name}/add`;
  return (state = initialState, { type }) =>
    type === added ? { ...state, value: state.value + 1 } : state;
}

function enhanced(reducer) {
  return configureStore({
    reducer,
    middleware: () => [isthmusMiddleware],
    enhancers: (defaults) => defaults().prepend(isthmusEnhancer()),
    devTools: false,
  });
}

function counting(store) {
  const add = () => store.dispatch({ type: 'counter0/add' });
  return subscribed(store, add, ({ counter0 }) => counter0.value);
}
