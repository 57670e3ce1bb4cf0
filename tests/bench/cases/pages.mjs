// What the component benchmarks mount: each page has a `Cell` that shows one key of a slice, what goes
// `around` them all, `change(slice, key, value)` and `read(slice, key)`.

import { createElement as h, useSyncExternalStore } from 'react';
import { Provider, useSelector } from 'react-redux';
import { defineSlice } from 'isthmus';
import { payload, set } from 'isthmus/program';
import { combineReducers, createStore } from 'isthmus/redux';
import { SharedStoreProvider, useSharedSelector, useSharedValue } from 'isthmus/react';
import { isthmusStore, reduxStore } from '../stores.mjs';

/** The page has two slices of cells; components show the board's, and some the clock's. */
const sliceNames = ['board', 'clock'];

const emptySlice = (keys) => Object.fromEntries(keys.map((key) => [key, 0]));

const showing =
  (useCell) =>
  ({ slice, shown }) =>
    h('i', null, useCell(slice, shown));

const useValue = (slice, shown) => useSharedValue([slice, shown]);
const useSelected = (slice, shown) => useSharedSelector((state) => state[slice][shown]);

const isthmus = (useCell) => (keys) => {
  const slices = Object.fromEntries(
    sliceNames.map((name) => {
      const reducers = { put: [set([payload('key')], payload('value'))] };
      return [name, defineSlice({ name, initialState: emptySlice(keys), reducers })];
    }),
  );
  const store = isthmusStore(Object.values(slices));
  return {
    Cell: showing(useCell),
    around: (children) => h(SharedStoreProvider, { store }, children),
    change: (slice, key, value) => store.dispatch(slices[slice].actions.put({ key, value })),
    read: (slice, key) => store.read([slice, key]),
  };
};

export const isthmusValues = isthmus(useValue);
export const isthmusSelectors = isthmus(useSelected);

const handWritten = (keys) =>
  Object.fromEntries(
    sliceNames.map((name) => {
      const put = `${name}/put`;
      const reducer = (state = emptySlice(keys), { type, payload }) =>
        type === put ? { ...state, [payload.key]: payload.value } : state;
      return [name, reducer];
    }),
  );

const changed = (store) => ({
  change: (slice, key, value) => store.dispatch({ type: `${slice}/put`, payload: { key, value } }),
  read: (slice, key) => store.getState()[slice][key],
});

/** The same hooks over slices with hand-written reducers. */
export function isthmusJsSelectors(keys) {
  const store = createStore(combineReducers(handWritten(keys)));
  return {
    Cell: showing(useSelected),
    around: (children) => h(SharedStoreProvider, { store }, children),
    ...changed(store),
  };
}

export function reactRedux(keys) {
  const store = reduxStore(handWritten(keys));
  return {
    Cell: showing((slice, shown) => useSelector((state) => state[slice][shown])),
    around: (children) => h(Provider, { store }, children),
    ...changed(store),
  };
}

/** One value and its listeners for each key, at hand without a context: the least that React allows. */
export function floor(keys) {
  const emitters = Object.fromEntries(
    sliceNames.map((name) => [name, new Map(keys.map((key) => [key, emitter(0)]))]),
  );
  return {
    Cell: showing((slice, shown) => {
      const { subscribe, get } = emitters[slice].get(shown);
      return useSyncExternalStore(subscribe, get);
    }),
    around: (children) => children,
    change: (slice, key, value) => emitters[slice].get(key).set(value),
    read: (slice, key) => emitters[slice].get(key).get(),
  };
}

function emitter(value) {
  const listeners = new Set();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: () => value,
    set(next) {
      value = next;
      listeners.forEach((listener) => listener());
    },
  };
}
