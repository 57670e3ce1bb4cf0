import { createEntityAdapter } from '@reduxjs/toolkit';
import { describe, expect, it } from 'vitest';
import { draft } from '../../../web/draft/draft.js';
import { current } from '../../../web/draft/inspect.js';
import type { Part } from '../../../web/draft/part.js';
import { freeze } from './random/data.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- recipes write what the types would not allow */
type Loose = any;

/** A frozen state that counts whatever is read of it, each child as deep as it is reached. */
class Watched {
  reads = 0;
  readonly #views = new Map<object, object>();
  readonly #own = new Set<object>();

  view(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    let view = this.#views.get(value);
    // A frozen target would have to show its own members; the real one stands behind.
    view ??= new Proxy(Array.isArray(value) ? [] : {}, this.#handler(value));
    this.#views.set(value, view);
    this.#own.add(view);
    return view;
  }

  isOwn(value: object): boolean {
    return this.#own.has(value);
  }

  #handler(value: object): ProxyHandler<object> {
    const count = <T>(answer: T, reads = 1): T => {
      this.reads += reads;
      return answer;
    };
    return {
      get: (_, key) => count(this.view(Reflect.get(value, key))),
      has: (_, key) => count(key in value),
      ownKeys: () => count(Reflect.ownKeys(value), Object.keys(value).length),
      getOwnPropertyDescriptor: (target, key) => {
        const found = Object.getOwnPropertyDescriptor(value, key);
        if (found === undefined || key === 'length') {
          return Object.getOwnPropertyDescriptor(target, key);
        }
        return count({ ...found, value: this.view(found.value), configurable: true });
      },
      set: () => expect.fail('a write into the base'),
      deleteProperty: () => expect.fail('a deletion in the base'),
      defineProperty: () => expect.fail('a definition in the base'),
      preventExtensions: () => expect.fail('a freeze of the base'),
    };
  }
}

const adapter = createEntityAdapter<{ id: string; qty: number }>();

function stateOf(count: number): Loose {
  const ids = Array.from({ length: count }, (_, i) => `e${i}`);
  const rows = ids.map((id, qty) => [id, { id, qty, tags: ['a'] }]);
  return freeze({
    n: 0,
    ids,
    entities: Object.fromEntries(rows) as object,
    list: ids.map((id) => ({ id })),
  });
}

const states = new Map([100, 100_000].map((count) => [count, stateOf(count)]));

function workOf(count: number, recipe: (draft: Loose) => unknown): { reads: number; size: number } {
  const watched = new Watched();
  const base = watched.view(states.get(count));
  const part = draft<Loose>(
    base,
    (state) => void recipe(state),
    (value) => watched.isOwn(value),
  );
  return { reads: watched.reads, size: sizeOf(part) };
}

/** Parts, pieces and keys. */
function sizeOf(part: Part | symbol): number {
  if (typeof part !== 'object' || part === null) return 1;
  const sum = (parts: Iterable<Part | symbol>): number =>
    [...parts].reduce<number>((size, each) => size + sizeOf(each), 0);
  switch (part.kind) {
    case 'kept':
    case 'fresh':
      return 1;
    case 'edited-object':
      return 1 + part.delete.length + sum(part.set.values());
    case 'edited-array':
      return part.pieces.reduce<number>(
        (size, piece) => size + ('parts' in piece ? sum(piece.parts) : 1),
        1,
      );
    case 'new-object':
      return 1 + sum(part.members.values());
    case 'new-array':
      return 1 + sum(part.elements);
  }
}

describe('a recipe costs what it touches: in 100,000 members as in 100', () => {
  it.each<[string, number, (draft: Loose) => unknown]>([
    ['a counter', 8, (state) => (state.n += 1)],
    ['a member of one entity', 16, (state) => (state.entities.e50.qty += 1)],
    ['a new entity', 16, (state) => (state.entities.new = { id: 'new' })],
    ['an entity less', 16, (state) => delete state.entities.e7],
    ['push', 16, ({ list }) => list.push({ id: 'x' })],
    ['pop', 16, ({ list }) => list.pop()],
    ['shift', 16, ({ list }) => list.shift()],
    ['unshift', 16, ({ list }) => list.unshift({ id: 'x' }, { id: 'y' })],
    ['splice', 24, ({ list }) => list.splice(40, 2, { id: 'x' })],
    ['an index', 16, ({ list }) => (list[40] = { id: 'x' })],
    ['a member of one element', 24, ({ list }) => (list[40].done = true)],
    ['a shorter length', 16, ({ list }) => (list.length = 50)],
    ['a move', 32, (state) => (state.first = state.list.splice(3, 1)[0])],
    ['a part in two places', 24, (state) => ((state.copy = state.entities).e1.qty = 0)],
    ['a part that current gave', 16, (state) => (state.copy = current(state.entities))],
    ['an emptied table', 8, (state) => (state.entities = {})],
    ['a find that ends early', 48, ({ list }) => (list.find(({ id }: Loose) => id === 'e5').x = 1)],
    [
      'adapter.updateOne',
      64,
      (state) => adapter.updateOne(state, { id: 'e9', changes: { qty: 1 } }),
    ],
    ['adapter.addOne', 32, (state) => adapter.addOne(state, { id: 'new', qty: 1 })],
    ['adapter.setOne', 32, (state) => adapter.setOne(state, { id: 'e3', qty: 1 })],
  ])('%s', (_, most, recipe) => {
    const few = workOf(100, recipe);
    expect(workOf(100_000, recipe)).toEqual(few);
    expect(few.reads).toBeLessThanOrEqual(most);
    expect(few.size).toBeLessThanOrEqual(16);
  });

  it('and a thousand edits at random places cost no more than a thousand times one', () => {
    const { reads } = workOf(100_000, ({ list }) => {
      for (let i = 0; i < 1000; i++) list[(i * 7919) % 90_000] = { id: i };
      for (let i = 0; i < 1000; i++) list.splice((i * 104_729) % 90_000, 1);
    });
    expect(reads).toBeLessThan(2000 * 8);
  });
});
