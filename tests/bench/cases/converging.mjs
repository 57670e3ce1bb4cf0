// What an own action costs whose slice converges, beside one that is merely marked to cross, and one that
// does not cross. All that follows is part of it: posting, and in a burst settling.

import { crossApp } from 'isthmus';
import { counter, jsCounter, openStore } from '../converging/slices.mjs';
import { openWire } from '../converging/wire.mjs';

const add = () => ({ type: 'counter/add' });
const path = ['counter', 'value'];
const kinds = {
  isthmus: () => counting(counter(true), add),
  crossing: () => counting(counter(false), () => crossApp(add())),
  'not crossing': () => counting(counter(false), add, 0),
  'isthmus, js slice': () => counting(jsCounter(true), add),
  'crossing, js slice': () => counting(jsCounter(false), () => crossApp(add())),
  'not crossing, js slice': () => counting(jsCounter(false), add, 0),
};

export const ownAction = {
  name: 'converging',
  title: 'Count up in a slice that converges',
  sizes: [1],
  contenders: () =>
    Object.fromEntries(Object.entries(kinds).map(([name, make]) => [name, make().count])),
};

export const firstAction = {
  name: 'converging-first',
  title: 'Open a store on a channel and count up once in a slice that converges',
  sizes: [1],
  contenders: () =>
    Object.fromEntries(
      Object.entries(kinds).map(([name, make]) => [
        name,
        {
          prepare: () => ({}),
          work(fresh) {
            fresh.opened = make();
            return fresh.opened.count();
          },
          discard: ({ opened }) => opened.store.dispose(),
        },
      ]),
    ),
};

/** So many are dispatched in a millisecond. */
const PER_MS = 100;

/** Each call counts up by one, and the watcher reads it back; `posts` are posted for each. */
function counting(slice, actionOf, posts = 1) {
  const wire = openWire();
  const store = openStore(wire.connect(), slice);
  let seen;
  store.watch(path, () => {
    seen = store.read(path);
  });
  let calls = 0;
  const count = () => {
    store.dispatch(actionOf());
    calls += 1;
    if (wire.posts !== calls * posts) throw new Error('An action was not posted.');
    if (calls % PER_MS === 0) wire.pass(1);
    return seen;
  };
  return { store, count };
}
