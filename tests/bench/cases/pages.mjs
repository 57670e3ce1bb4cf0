// What the component benchmarks mount: each page has a `Cell` that shows one cell of the board and a
// `Clock` that shows one of another slice, what goes `around` them, and `change(slice, value)`.

import {
  createContext,
  createElement as h,
  useContext,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { Provider, useSelector } from 'react-redux';
import { defineSlice, payload, set } from 'isthmus';
import { SharedStoreProvider, useSharedSelector, useSharedValue } from 'isthmus/react';
import { isthmusStore, reduxStore } from '../stores.mjs';

const names = (what) => Array.from({ length: 10 }, (_, i) => `${what}-${i}`);

/** Where the cells of a board are; the first one is what changes. */
export const cells = names('row').flatMap((row) =>
  names('column').map((column) => ({ row, column })),
);
const emptyRow = Object.fromEntries(names('column').map((column) => [column, 0]));
const emptyBoard = Object.fromEntries(names('row').map((row) => [row, emptyRow]));
const moved = (value) => ({ ...cells[0], value });

const showing =
  (useCell) =>
  ({ slice, row, column }) =>
    h('i', null, useCell(slice, row, column));

function isthmus(useCell, useClock = useCell) {
  const definition = (name) => ({
    name,
    initialState: emptyBoard,
    reducers: { move: [set([payload('row'), payload('column')], payload('value'))] },
  });
  const slices = {
    board: defineSlice(definition('board')),
    clock: defineSlice(definition('clock')),
  };
  const store = isthmusStore(Object.values(slices));
  return {
    Cell: showing(useCell),
    Clock: showing(useClock),
    around: (children) => h(SharedStoreProvider, { store }, children),
    change: (slice, value) => store.dispatch(slices[slice].actions.move(moved(value))),
  };
}

const useValue = (...path) => useSharedValue(path);
const useSelected = (slice, row, column) => useSharedSelector((state) => state[slice][row][column]);

export const isthmusValues = () => isthmus(useValue);
export const isthmusSelectors = () => isthmus(useSelected);
export const isthmusSelectorsAndClock = () => isthmus(useSelected, useValue);

export function reactRedux() {
  const reducerOf = (name) => {
    const move = `${name}/move`;
    return (state = emptyBoard, { type, payload: { row, column, value } = {} }) =>
      type === move ? { ...state, [row]: { ...state[row], [column]: value } } : state;
  };
  const store = reduxStore({ board: reducerOf('board'), clock: reducerOf('clock') });
  const Cell = showing((slice, row, column) => useSelector((state) => state[slice][row][column]));
  return {
    Cell,
    Clock: Cell,
    around: (children) => h(Provider, { store }, children),
    change: (slice, value) => store.dispatch({ type: `${slice}/move`, payload: moved(value) }),
  };
}

/** One value and its listeners for each cell, found through a context: the least that React allows. */
export function floor() {
  const emitters = new Map();
  const emitterOf = (slice, row, column) => {
    const key = `${slice}/${row}/${column}`;
    if (!emitters.has(key)) emitters.set(key, emitter(0));
    return emitters.get(key);
  };
  const Emitters = createContext(undefined);
  const Cell = showing((slice, row, column) => {
    const find = useContext(Emitters);
    const { subscribe, get } = useMemo(() => find(slice, row, column), [find, slice, row, column]);
    return useSyncExternalStore(subscribe, get);
  });
  return {
    Cell,
    Clock: Cell,
    around: (children) => h(Emitters.Provider, { value: emitterOf }, children),
    change: (slice, value) => emitterOf(slice, cells[0].row, cells[0].column).set(value),
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
