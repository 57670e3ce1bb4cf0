// From a message of another tab in hand to the state that is shown, for a slice that converges and for one
// whose actions merely cross.

import { crossApp } from 'isthmus';
import { counter, jsCounter, openStore } from '../converging/slices.mjs';
import { openWire } from '../converging/wire.mjs';

export const name = 'converging-arrival';
export const title = "Show another tab's action in a slice that converges";
export const sizes = [1];

export function contenders() {
  return {
    isthmus: arriving(counter, true),
    crossing: arriving(counter, false),
    'isthmus, js slice': arriving(jsCounter, true),
    'crossing, js slice': arriving(jsCounter, false),
  };
}

/** So many come between two cuts. */
const MESSAGES = 256;

/** So many a store applies in a task however long they take; later ones may have to wait. */
const AT_ONCE = 16;
const path = ['counter', 'value'];

function arriving(slice, converges) {
  const wire = openWire();
  const tab = wire.connect();
  const other = openStore(wire.connect(), slice(converges));
  const store = openStore(tab, slice(converges));
  let seen;
  store.watch(path, () => {
    seen = store.read(path);
  });
  const posted = () => {
    const action = { type: 'counter/add' };
    other.dispatch(converges ? action : crossApp(action));
    return structuredClone(wire.posted);
  };
  /** Both have settled all: what the wire brings once more is a duplicate. */
  const settle = () => wire.pass(5000);
  settle();
  return {
    pieces: MESSAGES,
    prepare() {
      const fresh = Array.from({ length: MESSAGES }, posted);
      globalThis.gc?.(); // moving them would be part of the time
      return fresh;
    },
    async work(fresh) {
      for (let i = 0; i < MESSAGES; i++) {
        if (i % AT_ONCE === 0) await undefined;
        wire.bring(tab, fresh[i]);
      }
      return seen;
    },
    discard() {
      settle();
      const { log } = store.inspect();
      if (log?.tentative > 0) throw new Error('The entries were not settled.');
      if (seen !== other.read(path)) throw new Error('The tabs differ.');
    },
  };
}
