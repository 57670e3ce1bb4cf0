// A page of 10,000 mounted components in sections of ten, which are in sections of ten, and so on. Each
// shows one of 100 keys of a slice; n of them, spread evenly over the page, show the one that a dispatch
// changes, and React renders these within `flushSync`. React walks past the neighbours of what it renders:
// with sections of 100 that is most of what the floor takes.

import { createElement as h } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import {
  floor,
  isthmusJsSelectors,
  isthmusSelectors,
  isthmusValues,
  reactRedux,
} from './pages.mjs';

const COMPONENTS = 10_000;
const BRANCHES = 10;
const KEYS = Array.from({ length: 100 }, (_, i) => `key${i}`);

const pages = {
  isthmus: isthmusValues,
  'isthmus selector': isthmusSelectors,
  'isthmus selector, js slice': isthmusJsSelectors,
  'react-redux': reactRedux,
  floor,
};

/** Each contender has a page of its own, since 10,000 components fill the caches. */
const inOwnPages = { runtimes: ['chromium'], alone: Object.keys(pages) };

export const components = {
  ...inOwnPages,
  name: 'components',
  title: 'Dispatch and render, n of 10,000 components concerned',
  sizes: [100, 10, 1],
  contenders: (size, names) =>
    eachPage(boardCells(size), names, (page, cells) =>
      changing(page, 'board', mount(page, cells).text),
    ),
};

export const unreadSlice = {
  ...inOwnPages,
  name: 'unread-slice',
  title: 'Dispatch to a slice that none of n mounted components selects from',
  sizes: [COMPONENTS, 0],
  contenders: (size, names) =>
    eachPage(boardCells(0).slice(0, size), names, (page, cells) => {
      mount(page, cells);
      return changing(page, 'clock', () => page.read('clock', KEYS[0]));
    }),
};

export const mounting = {
  ...inOwnPages,
  name: 'mounting',
  title: 'Mount and unmount n components',
  sizes: [COMPONENTS],
  contenders: (_size, names) =>
    eachPage(boardCells(1), names, (page, cells) => () => {
      const { unmount, text } = mount(page, cells);
      const value = text();
      unmount();
      return value;
    }),
};

/** Cells of the board, `concerned` of which show the first key. */
function boardCells(concerned) {
  const step = COMPONENTS / concerned;
  return Array.from({ length: COMPONENTS }, (_, i) => ({
    slice: 'board',
    shown: i % step === 0 ? KEYS[0] : KEYS[1 + (i % (KEYS.length - 1))],
  }));
}

function eachPage(cells, names, contender) {
  return Object.fromEntries(names.map((name) => [name, contender(pages[name](KEYS), cells)]));
}

function changing(page, slice, read) {
  let turn = 0;
  return () => {
    turn += 1;
    flushSync(() => page.change(slice, KEYS[0], turn));
    return read();
  };
}

/** `text()` is what the first component shows. */
function mount({ Cell, around }, cells) {
  const { document } = globalThis;
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  const elements = cells.map((cell, i) => h(Cell, { key: i, ...cell }));
  flushSync(() => root.render(around(sections(elements))));
  const unmount = () => {
    flushSync(() => root.unmount());
    container.remove();
  };
  return { text: () => container.querySelector('i').textContent, unmount };
}

/** Ten elements in each section, and ten sections in the next one, up to the page. */
function sections(elements) {
  if (elements.length <= BRANCHES) return elements;
  const starts = Array.from({ length: elements.length / BRANCHES }, (_, i) => i * BRANCHES);
  return sections(
    starts.map((start) => h('div', { key: start }, elements.slice(start, start + BRANCHES))),
  );
}
