// A page of 10,000 mounted components, each of which shows one cell of a board. One dispatch changes one
// cell, and React renders within `flushSync` those that show it.

import {
  createContext,
  createElement as h,
  useContext,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { Provider, useSelector } from 'react-redux';
import { defineSlice, payload, set } from 'isthmus';
import { SharedStoreProvider, useSharedSelector, useSharedValue } from 'isthmus/react';
import { isthmusStore, reduxStore } from '../stores.mjs';

const COMPONENTS = 10_000;
const BRANCHES = 10;
const SIDE = 10;
const names = (what) => Array.from({ length: SIDE }, (_, i) => `${what}-${i}`);
const cells = names('row').flatMap((row) => names('column').map((column) => ({ row, column })));
const emptyRow = Object.fromEntries(names('column').map((column) => [column, 0]));
const emptyBoard = Object.fromEntries(names('row').map((row) => [row, emptyRow]));

const needsDom = { runtimes: ['chromium'] };

export const components = {
  ...needsDom,
  name: 'components',
  title: `Dispatch and render, n of ${COMPONENTS} components concerned`,
  sizes: [100, 10, 1],
  contenders: (size) => rendering(size, 'board'),
};

/** All those on the board use selectors, and n others show the clock, which is what changes. */
export const unreadSlice = {
  ...needsDom,
  name: 'unread-slice',
  title: `Dispatch and render n components, while ${COMPONENTS} select from an unchanged slice`,
  sizes: [100, 10, 1],
  contenders: (size) => rendering(size, 'clock'),
};

export const mounting = {
  ...needsDom,
  name: 'mounting',
  title: 'Mount and unmount n components',
  sizes: [COMPONENTS],
  contenders(size) {
    const shown = placed(size, 100, 'board');
    return eachPage((page) => () => {
      const { unmount, text } = mounted(page, shown);
      const value = text();
      unmount();
      return value;
    });
  },
};

function rendering(concerned, changing) {
  const shown = placed(COMPONENTS, concerned, changing);
  return eachPage((page) => {
    const { text } = mounted(page, shown);
    let turn = 0;
    return () => {
      turn += 1;
      flushSync(() => page.change(changing, turn));
      return text();
    };
  });
}

/** What each component shows; those that are concerned stand in one section or, if many, in a few. */
function placed(count, concerned, changing) {
  const others = Array.from({ length: count - concerned }, (_, i) => ({
    slice: 'board',
    ...cells[1 + (i % (cells.length - 1))],
  }));
  const them = Array.from({ length: concerned }, () => ({ slice: changing, ...cells[0] }));
  return SPREAD ? spread(others, them) : [...them, ...others];
}
const SPREAD = globalThis.location?.search.includes('spread');
function spread(others, them) {
  const all = [...others];
  const step = Math.floor(COMPONENTS / them.length);
  them.forEach((it, i) => all.splice(i * step, 0, it));
  return all;
}

function eachPage(contender) {
  const make = {
    isthmus: isthmusValue,
    'isthmus selector': isthmusSelector,
    'react-redux': redux,
    floor,
  };
  return Object.fromEntries(Object.entries(make).map(([name, page]) => [name, contender(page())]));
}

/** `text()` is what the first of those that are concerned shows. */
function mounted({ Cell, around }, shown) {
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  const cells = shown.map((props, i) => h(Cell, { key: i, ...props }));
  flushSync(() => root.render(around(nested(cells))));
  const unmount = () => {
    flushSync(() => root.unmount());
    container.remove();
  };
  return { text: () => container.querySelector('i').textContent, unmount };
}

/** Pages nest: ten elements in each, as deep as it takes. */
function nested(elements) {
  if (elements.length <= BRANCHES) return elements;
  const parents = [];
  for (let i = 0; i < elements.length; i += BRANCHES) {
    parents.push(h('div', { key: i }, elements.slice(i, i + BRANCHES)));
  }
  return nested(parents);
}

function isthmusPage(useCell) {
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
    Cell: ({ slice, row, column }) => h('i', null, useCell(slice, row, column)),
    around: (children) => h(SharedStoreProvider, { store }, children),
    change: (slice, value) => store.dispatch(slices[slice].actions.move({ ...cells[0], value })),
  };
}

const isthmusValue = () =>
  isthmusPage((slice, row, column) => useSharedValue([slice, row, column]));
const isthmusSelector = () =>
  isthmusPage((slice, row, column) => useSharedSelector((state) => state[slice][row][column]));

function redux() {
  const reducerOf = (name) => {
    const moved = `${name}/move`;
    return (state = emptyBoard, { type, payload: move }) =>
      type === moved
        ? { ...state, [move.row]: { ...state[move.row], [move.column]: move.value } }
        : state;
  };
  const store = reduxStore({ board: reducerOf('board'), clock: reducerOf('clock') });
  return {
    Cell: ({ slice, row, column }) =>
      h(
        'i',
        null,
        useSelector((state) => state[slice][row][column]),
      ),
    around: (children) => h(Provider, { store }, children),
    change: (slice, value) =>
      store.dispatch({ type: `${slice}/move`, payload: { ...cells[0], value } }),
  };
}

/** One value and its listeners for each cell: what React's own rendering leaves to be done at least. */
function floor() {
  const emitters = new Map();
  const emitterOf = (slice, row, column) => {
    const key = `${slice}/${row}/${column}`;
    if (!emitters.has(key)) emitters.set(key, emitter(0));
    return emitters.get(key);
  };
  const Emitters = createContext(undefined);
  const useCell = (slice, row, column) => {
    const find = useContext(Emitters);
    const { subscribe, get } = useMemo(() => find(slice, row, column), [find, slice, row, column]);
    return useSyncExternalStore(subscribe, get);
  };
  return {
    Cell: ({ slice, row, column }) => h('i', null, useCell(slice, row, column)),
    around: (children) => h(Emitters.Provider, { value: emitterOf }, children),
    change: (slice, value) => emitterOf(slice, ...Object.values(cells[0])).set(value),
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
