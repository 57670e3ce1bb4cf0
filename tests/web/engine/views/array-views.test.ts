import { createIsolatedStore, defineSlice, loadEngine } from 'isthmus';
import { insert, payload, push, remove, set } from 'isthmus/program';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../random-values.js';

await loadEngine();

type Item = { n: number } | number | string;
const list = defineSlice({
  name: 'list',
  initialState: [] as Item[],
  reducers: {
    put: [set('', payload())],
    change: [set([payload('at')], payload('item'))],
    insert: [insert([payload('at')], payload('item'))],
    push: [push('', payload('item'))],
    remove: [remove([payload('at')])],
  },
});
const { put, change, insert: insertAt, push: append, remove: removeAt } = list.actions;

const open = () => createIsolatedStore({ name: 'array-views', slices: [list] });
const itemsOf = (store: ReturnType<typeof open>) => store.read(['list']) as Item[];

describe('the view of a large array', () => {
  it('is a plain frozen array after every change, with the same unchanged elements', () => {
    const store = open();
    store.dispatch(put(Array.from({ length: 1000 }, (_, n) => ({ n }))));
    let before = itemsOf(store);
    for (let at = 0; at < 1000; at += 37) {
      store.dispatch(change({ at, item: { n: -1 - at } }));
      const after = itemsOf(store);
      expect(Array.isArray(after) && Object.isFrozen(after)).toBe(true);
      expect(after).toStrictEqual(before.map((item, i) => (i === at ? { n: -1 - at } : item)));
      expect(after.filter((item, i) => item !== before[i])).toEqual([{ n: -1 - at }]);
      before = after;
    }
  });

  const seed = Number(process.env.ISTHMUS_SEED ?? Date.now() % 1e9);

  it(`is right after any changes, with another store between them (ISTHMUS_SEED=${seed})`, () => {
    const next = randomNumbers(seed);
    const random = (below: number) => Math.floor(next() * below);
    const stores = [open(), open()];
    const models: Item[][] = [[], []];
    for (const [i, store] of stores.entries()) {
      models[i] = Array.from({ length: 60 + random(300) }, (_, n) => ({ n }));
      store.dispatch(put(models[i]));
    }
    for (let step = 0; step < 3000; step++) {
      const which = random(2);
      const [store, model] = [stores[which]!, models[which]!];
      store.dispatch(mutate(model, random));
      if (random(3) === 0) expect(itemsOf(store)).toStrictEqual(model);
    }
  });

  it('is right when arrays much like it lie in it', () => {
    const zeros: unknown[] = Array.from({ length: 100 }, () => 0);
    const outer = (inner: unknown) => zeros.map((zero, i) => (i === 10 ? inner : zero));
    const deep = outer(outer([...zeros, 'end']));
    const nest = defineSlice({
      name: 'nest',
      initialState: null as unknown,
      reducers: { put: [set('', payload())] },
    });
    const store = createIsolatedStore({ name: 'nest', slices: [nest] });
    for (const value of [outer(zeros), deep, zeros, outer(deep)]) {
      store.dispatch(nest.actions.put(value));
      expect(store.read(['nest'])).toStrictEqual(value);
    }
  });
});

/** Changes the model, and tells the action that does the same. */
function mutate(model: Item[], random: (below: number) => number) {
  const at = random(model.length);
  const item = [{ n: random(5) }, random(5), `${random(5)}`][random(3)]!;
  switch (model.length < 50 ? 1 : random(4)) {
    case 0:
      model[at] = item;
      return change({ at, item });
    case 1:
      model.push(item);
      return append({ item });
    case 2:
      model.splice(at, 0, item);
      return insertAt({ at, item });
    default:
      model.splice(at, 1);
      return removeAt({ at });
  }
}
