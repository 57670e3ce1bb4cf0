// A page of 10,000 mounted components in sections of 100. Each shows one of 100 keys of a slice; n of them,
// spread evenly over the page, show the one that a dispatch changes, and React renders these within
// `flushSync`.

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
const SECTION = 100;
const KEYS = 100;

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
  contenders: (size, names) => changing('board', boardCells(size), names),
};

export const unreadSlice = {
  ...inOwnPages,
  name: 'unread-slice',
  title: 'Dispatch and render n components, beside 10,000 that select from an unchanged slice',
  sizes: [100, 10, 1],
  contenders(size, names) {
    const clocks = Array.from({ length: size }, () => ({ slice: 'clock', shown: 'key0' }));
    return changing('clock', [...clocks, ...boardCells(0)], names);
  },
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
    shown: i % step === 0 ? 'key0' : `key${1 + (i % (KEYS - 1))}`,
  }));
}

function eachPage(cells, names, contender) {
  const keys = [...new Set(cells.map(({ shown }) => shown))];
  return Object.fromEntries(names.map((name) => [name, contender(pages[name](keys), cells)]));
}

function changing(slice, cells, names) {
  return eachPage(cells, names, (page) => {
    const { text } = mount(page, cells);
    let turn = 0;
    return () => {
      turn += 1;
      flushSync(() => page.change(slice, 'key0', turn));
      return text();
    };
  });
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

function sections(elements) {
  const starts = Array.from(
    { length: Math.ceil(elements.length / SECTION) },
    (_, i) => i * SECTION,
  );
  return starts.map((start) => h('div', { key: start }, elements.slice(start, start + SECTION)));
}
