// A page of 10,000 mounted components, each of which shows one cell. A dispatch changes the first cell,
// and React renders within `flushSync` those that show it. They stand side by side in a tree that
// branches by ten, since what React does to find its way to them is the same for all contenders.

import { createElement as h } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import {
  cells,
  floor,
  isthmusSelectors,
  isthmusSelectorsAndClock,
  isthmusValues,
  reactRedux,
} from './pages.mjs';

const COMPONENTS = 10_000;
const BRANCHES = 10;
const runtimes = ['chromium'];

const others = { 'isthmus selector': isthmusSelectors, 'react-redux': reactRedux, floor };

export const components = {
  runtimes,
  name: 'components',
  title: 'Dispatch and render, n of 10,000 components concerned',
  sizes: [100, 10, 1],
  contenders: (size) => rendering({ isthmus: isthmusValues, ...others }, size, 'board'),
};

/** With `isthmus selector` the clocks select, too; with `isthmus` they use `useSharedValue`. */
export const unreadSlice = {
  runtimes,
  name: 'unread-slice',
  title: 'Dispatch and render n clocks beside 10,000 that select from an unchanged slice',
  sizes: [100, 10, 1],
  contenders: (size) => rendering({ isthmus: isthmusSelectorsAndClock, ...others }, size, 'clock'),
};

export const mounting = {
  runtimes,
  name: 'mounting',
  title: 'Mount and unmount n components',
  sizes: [COMPONENTS],
  contenders: (size) =>
    mapped({ isthmus: isthmusValues, ...others }, (page) => () => {
      const { unmount, text } = mount(page, placed(size - 1, 1, 'board'));
      const value = text();
      unmount();
      return value;
    }),
};

function mapped(pages, contender) {
  return Object.fromEntries(Object.entries(pages).map(([name, make]) => [name, contender(make())]));
}

function rendering(pages, concerned, changing) {
  const shown = placed(COMPONENTS - concerned, concerned, changing);
  return mapped(pages, (page) => {
    const { text } = mount(page, shown);
    let turn = 0;
    return () => {
      turn += 1;
      flushSync(() => page.change(changing, turn));
      return text();
    };
  });
}

/** What each component shows. */
function placed(unconcerned, concerned, changing) {
  const rest = Array.from({ length: unconcerned }, (_, i) => ({
    slice: 'board',
    ...cells[1 + (i % (cells.length - 1))],
  }));
  return [...Array.from({ length: concerned }, () => ({ slice: changing, ...cells[0] })), ...rest];
}

/** `text()` is what the first component shows. */
function mount({ Cell, Clock, around }, shown) {
  const { document } = globalThis;
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  const elements = shown.map((props, i) =>
    h(props.slice === 'clock' ? Clock : Cell, { key: i, ...props }),
  );
  flushSync(() => root.render(around(branching(elements))));
  const unmount = () => {
    flushSync(() => root.unmount());
    container.remove();
  };
  return { text: () => container.querySelector('i').textContent, unmount };
}

function branching(elements) {
  if (elements.length <= BRANCHES) return elements;
  const parents = [];
  for (let i = 0; i < elements.length; i += BRANCHES) {
    parents.push(h('div', { key: i }, elements.slice(i, i + BRANCHES)));
  }
  return branching(parents);
}
