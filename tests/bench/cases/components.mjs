// A page of 10,000 mounted components, each of which shows one cell of a board. One dispatch changes one
// cell, and React renders within `flushSync` those that show it.

import { createElement as h, useMemo, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { Provider, useSelector } from 'react-redux';
import { defineSlice, payload, set } from 'isthmus';
import { SharedStoreProvider, useSharedSelector, useSharedValue } from 'isthmus/react';
import { isthmusStore, reduxStore } from '../stores.mjs';

const COMPONENTS = 10_000;
const SECTION = 100;
const CELLS = 100;
const cellNames = Array.from({ length: CELLS }, (_, i) => `cell-${i}`);
const emptyBoard = Object.fromEntries(cellNames.map((cell) => [cell, 0]));

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
    cell: cellNames[1 + (i % (CELLS - 1))],
  }));
  const them = Array.from({ length: concerned }, () => ({ slice: changing, cell: cellNames[0] }));
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
  const sections = [];
  for (let i = 0; i < shown.length; i += SECTION) {
    const cells = shown.slice(i, i + SECTION).map((props, at) => h(Cell, { key: at, ...props }));
    sections.push(h('p', { key: i }, cells));
  }
  flushSync(() => root.render(around(sections)));
  const unmount = () => {
    flushSync(() => root.unmount());
    container.remove();
  };
  return { text: () => container.querySelector('i').textContent, unmount };
}

function isthmusPage(useCell) {
  const definition = (name) => ({
    name,
    initialState: emptyBoard,
    reducers: { move: [set([payload('cell')], payload('value'))] },
  });
  const slices = {
    board: defineSlice(definition('board')),
    clock: defineSlice(definition('clock')),
  };
  const store = isthmusStore(Object.values(slices));
  return {
    Cell: ({ slice, cell }) => h('i', null, useCell(slice, cell)),
    around: (children) => h(SharedStoreProvider, { store }, children),
    change: (slice, value) =>
      store.dispatch(slices[slice].actions.move({ cell: cellNames[0], value })),
  };
}

const isthmusValue = () => isthmusPage((slice, cell) => useSharedValue([slice, cell]));
const isthmusSelector = () =>
  isthmusPage((slice, cell) => useSharedSelector((state) => state[slice][cell]));

function redux() {
  const reducerOf = (name) => {
    const moved = `${name}/move`;
    return (state = emptyBoard, { type, payload: move }) =>
      type === moved ? { ...state, [move.cell]: move.value } : state;
  };
  const store = reduxStore({ board: reducerOf('board'), clock: reducerOf('clock') });
  return {
    Cell: ({ slice, cell }) =>
      h(
        'i',
        null,
        useSelector((state) => state[slice][cell]),
      ),
    around: (children) => h(Provider, { store }, children),
    change: (slice, value) =>
      store.dispatch({ type: `${slice}/move`, payload: { cell: cellNames[0], value } }),
  };
}

/** One value and its listeners for each cell: what React's own rendering leaves to be done at least. */
function floor() {
  const cells = new Map();
  const cellOf = (slice, cell) => {
    const key = `${slice}/${cell}`;
    if (!cells.has(key)) cells.set(key, emitter(0));
    return cells.get(key);
  };
  const useCell = (slice, cell) => {
    const { subscribe, get } = useMemo(() => cellOf(slice, cell), [slice, cell]);
    return useSyncExternalStore(subscribe, get);
  };
  return {
    Cell: ({ slice, cell }) => h('i', null, useCell(slice, cell)),
    around: (children) => children,
    change: (slice, value) => cellOf(slice, cellNames[0]).set(value),
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
