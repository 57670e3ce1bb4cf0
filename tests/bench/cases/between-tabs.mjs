// There and back between two tabs: one adds to a counter, and the other one, as soon as its own shows
// that, adds to it, too. How much later a slice that converges shows an action than one whose actions
// merely cross.

import { crossApp } from 'isthmus';
import { counter, jsCounter, openStore } from '../converging/slices.mjs';

export const name = 'converging-between-tabs';
export const title = 'Round trip between two tabs, of a slice that converges';
export const runtimes = ['chromium'];
export const sizes = [1];

const slices = {
  isthmus: counter(true),
  crossing: counter(false),
  'isthmus, js slice': jsCounter(true),
  'crossing, js slice': jsCounter(false),
};

/** In the tab that begins. */
export function contenders() {
  return Object.fromEntries(
    Object.keys(slices).map((which) => [which, { exchange: asking(which) }]),
  );
}

/** In the other tab, before the first one begins. */
export function partner() {
  for (const which of Object.keys(slices)) answering(which);
}

/** The first tab makes the counter odd, the other one even. */
function open(which, onValue) {
  const store = openStore(undefined, slices[which], { channel: `bench ${which}` });
  const path = ['counter', 'value'];
  store.watch(path, () => onValue(store.read(path)));
  const converges = which.startsWith('isthmus');
  const action = { type: 'counter/add' };
  return () => void store.dispatch(converges ? action : crossApp(action));
}

function asking(which) {
  let answered;
  const add = open(which, (value) => value % 2 === 0 && answered?.());
  return () =>
    new Promise((resolve) => {
      answered = resolve;
      add();
    });
}

function answering(which) {
  const add = open(which, (value) => value % 2 === 1 && add());
}
