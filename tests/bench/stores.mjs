// The stores that are compared, each as its users set it up for production.

import { configureStore } from '@reduxjs/toolkit';
import { createIsolatedStore } from 'isthmus';
import { combineReducers, createStore } from 'redux';
import { immer } from 'zustand/middleware/immer';
import { createStore as createZustandStore } from 'zustand/vanilla';

export { changing, subscribed } from './changing.mjs';

export function isthmusStore(slices) {
  return createIsolatedStore({ name: 'bench', slices });
}

/** Redux with hand-written reducers. */
export function reduxStore(reducers) {
  return createStore(combineReducers(reducers));
}

/** Without the middleware that checks states and actions during development. */
export function rtkStore(reducer) {
  return configureStore({ reducer, middleware: () => [], devTools: false });
}

/** Zustand with its immer middleware: `setState` takes a recipe. */
export function zustandStore(state) {
  return createZustandStore(immer(() => state));
}
