// An action of another tab that happened before the last n of this one: these are taken back and played
// again, with it before them, and shown by one notification.

import { cart, counter, openStore, products } from '../converging/slices.mjs';
import { openWire } from '../converging/wire.mjs';

export const name = 'rewind';
export const title = 'Take n entries back and play them again after one that comes late';
export const sizes = [1, 10, 100, 1000];

export function contenders(size) {
  const counters = { slice: counter(true), actionOf: () => ({ type: 'counter/add' }) };
  return {
    counter: rewinding(size, counters, 'counter'),
    'cart of 10': rewinding(size, carts(10), 'cart'),
    'cart of 1,000': rewinding(size, carts(1000), 'cart'),
    '10,000 entities': rewinding(size, entities(10_000), 'products'),
    '100,000 entities': rewinding(size, entities(100_000), 'products'),
  };
}

function carts(size) {
  const slice = cart(size);
  return {
    slice,
    actionOf: (turn) => slice.actions.addItem({ sku: `sku-${turn % size}`, qty: 1 }),
  };
}

function entities(size) {
  const slice = products(size);
  const id = (turn) => `id-${(turn * 7919) % size}`;
  return {
    slice,
    actionOf: (turn) => slice.actions.updateOne({ id: id(turn), changes: { price: turn } }),
  };
}

/** Late ones for each time that there are n entries, so that little of it is warming up. */
const lateFor = (size) => (size > 100 ? 16 : 128);

/** So many a store applies in a task however long they take; later ones may have to wait. */
const AT_ONCE = 16;

function rewinding(size, { slice, actionOf }, key) {
  const count = lateFor(size);
  const wire = openWire();
  // More than may be tentative here at once, so that none is settled meanwhile.
  const tab = wire.connect();
  const store = openStore(tab, slice, { log: { entries: 4096 } });
  wire.pass(1000);
  let [turn, told, moved, late] = [0, 0, 0, 0];
  store.watch([key], () => (told += 1));
  store.bridge.log.onRebase((rebase) => (moved += rebase.moved));
  return {
    pieces: count,
    prepare() {
      store.bridge.log.forget();
      store.dispatch(actionOf(++turn));
      const { posted } = wire;
      for (let i = 1; i < size; i++) store.dispatch(actionOf(++turn));
      const fresh = Array.from({ length: count }, (_, i) => ({
        ...posted,
        sender: 'late',
        seq: ++late,
        clock: posted.clock - 1 + i / count,
        after: [],
        first: 1,
        action: { ...actionOf(++turn), meta: { crossApp: true } },
      }));
      [told, moved] = [0, 0];
      globalThis.gc?.();
      return fresh;
    },
    async work(fresh) {
      for (let i = 0; i < count; i++) {
        if (i % AT_ONCE === 0) await undefined;
        wire.bring(tab, fresh[i]);
      }
      if (told !== count) throw new Error(`${count} late entries were shown ${told} times.`);
      if (moved !== count * size) throw new Error(`${moved} entries were played again.`);
      return moved;
    },
    discard: () => undefined,
  };
}
