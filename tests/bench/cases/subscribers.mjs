// Components go in great numbers: what it takes to stop listening, with a dispatch before and after.

import { defineSlice } from 'isthmus';
import { payload, set } from 'isthmus/program';
import { isthmusStore, reduxStore } from '../stores.mjs';

const PATHS = 1000;

export const subscribers = {
  runtimes: ['node'],
  name: 'subscribers',
  title: 'Remove n subscribers',
  sizes: [10_000, 100_000],
  contenders: (size) => ({
    isthmus: leaving(size, watching),
    'isthmus subscribe': leaving(size, () => subscribing(isthmus())),
    redux: leaving(size, () => subscribing(reduxStore({ board: reducer }))),
  }),
};

/** They leave in the order in which they came; its value is how many of them are still called then. */
function leaving(count, make) {
  let told = 0;
  const tell = () => {
    told += 1;
  };
  const { listen, change } = make();
  return {
    prepare() {
      const stops = Array.from({ length: count }, (_, i) => listen(i, tell));
      change();
      globalThis.gc?.();
      return stops;
    },
    work(stops) {
      told = 0;
      for (const stop of stops) stop();
      change();
      return told;
    },
    discard: () => undefined,
  };
}

const initialState = Object.fromEntries(Array.from({ length: PATHS }, (_, i) => [`cell-${i}`, 0]));
let value = 0;
const nextMove = () => ({ type: 'board/move', payload: { cell: 'cell-0', value: ++value } });

function reducer(state = initialState, { type, payload: move }) {
  return type === 'board/move' ? { ...state, [move.cell]: move.value } : state;
}

function isthmus() {
  const reducers = { move: [set([payload('cell')], payload('value'))] };
  return isthmusStore([defineSlice({ name: 'board', initialState, reducers })]);
}

function watching() {
  const store = isthmus();
  const paths = Object.keys(initialState).map((cell) => ['board', cell]);
  return {
    listen: (i, tell) => store.watch(paths[i % PATHS], tell),
    change: () => store.dispatch(nextMove()),
  };
}

function subscribing(store) {
  return {
    // Each has a function of its own, as components have.
    listen: (_, tell) => store.subscribe(() => tell()),
    change: () => store.dispatch(nextMove()),
  };
}
