import { createIsolatedStore, defineSlice, loadEngine } from 'isthmus';
import { literal, payload, push, set } from 'isthmus/program';
import { beforeEach, describe, expect, it } from 'vitest';
import { NativeBox } from './native-box.js';

await loadEngine();

let box: NativeBox;
beforeEach(() => {
  box = new NativeBox();
});

/** A list of so many elements, from 4096 on one that crosses in pieces. */
function listOf<T>(length: number, element: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => element(i));
}

const objectOf = (length: number, value: (i: number) => unknown) =>
  Object.fromEntries(listOf(length, (i) => [`k/${i}`, value(i)]));

/** Lists in lists, `depth` of them; each is long. */
function nested(depth: number): unknown {
  let value: unknown = 'innermost';
  for (let level = 0; level < depth; level++) {
    const inner = value;
    value = listOf(4096, (i) => (i === 4000 - level ? inner : i));
  }
  return value;
}

const numbers = listOf(100_000, (i) => i);

const exact: [string, unknown][] = [
  ['arrays at the edge', [listOf(4095, String), listOf(4096, String), listOf(4097, String)]],
  ['objects at the edge', [objectOf(4095, String), objectOf(4096, String), objectOf(4097, String)]],
  ['a large array', numbers],
  ['a large object', objectOf(70_000, (i) => ({ i }))],
  ['integer-like keys among others', Object.fromEntries(numbers.map((i) => [i % 2 ? -i : i, i]))],
  ['many texts', listOf(5000, (i) => `${i}`.repeat(200))],
  ['a text that is larger than a piece', listOf(5000, (i) => (i === 3000 ? 'é'.repeat(1e6) : i))],
  ['long lists in long lists', nested(10)],
  ['a long list in a long object', objectOf(4200, (i) => (i % 1000 ? i : listOf(4100, String)))],
];

describe('a long list reaches the engine and comes back:', () => {
  it.each(exact)('%s', (_what, value) => {
    expect(box.put(value)).toEqual(value);
  });

  it('elements that are undefined are null, also the last', () => {
    const undefinedAt = (i: number) => (i % 3 === 0 || i > 4990 ? undefined : i);
    const state = box.put(listOf(5000, undefinedAt));
    expect(state).toEqual(listOf(5000, (i) => undefinedAt(i) ?? null));
  });

  it('members that are undefined are left out, also all of them', () => {
    expect(box.put(objectOf(5000, (i) => (i === 7 ? i : undefined)))).toStrictEqual({ 'k/7': 7 });
    expect(box.put(objectOf(5000, () => undefined))).toStrictEqual({});
  });
});

describe('a long list can be', () => {
  const list = defineSlice({
    name: 'list',
    initialState: numbers as unknown[],
    reducers: { put: [set('', payload())], push: [push('', payload())] },
    on: { fill: [set('', literal(numbers))] },
  });

  it('the initial state, the preloaded state, a snapshot and a literal', () => {
    const slices = [list];
    const preloadedState = { list: [...numbers, 'preloaded'] };
    const store = createIsolatedStore({ name: 'long', slices, preloadedState });
    expect(store.read(['list'])).toEqual(preloadedState.list);
    store.hydrate('list', ['snapshot', ...numbers]);
    expect(store.read(['list'])).toEqual(['snapshot', ...numbers]);
    store.dispatch({ type: 'fill' });
    expect(store.read(['list'])).toEqual(numbers);
  });

  it('the state and the payload of a plain reducer', () => {
    const state = list.reducer(undefined, list.actions.push(numbers));
    expect(state).toEqual([...numbers, numbers]);
    expect(list.reducer([...numbers, 1], list.actions.push(2))).toEqual([...numbers, 1, 2]);
  });
});

describe('a mistake in a long list leaves the state, and the store goes on:', () => {
  const long = listOf(5000, String);

  it.each<[string, unknown, string]>([
    ['in an array', listOf(6000, (i) => (i === 5000 ? new Date() : i)), '/5000'],
    ['in an object', { a: objectOf(6000, (i) => (i === 5000 ? NaN : i)) }, '/a/k~15000'],
    ['in a list in it', listOf(5000, (i) => (i === 1 ? [long, [Symbol('x')]] : i)), '/1/1/0'],
  ])('%s', (_what, value, where) => {
    const before = box.put('before');
    expect(() => box.put(value)).toThrow(
      expect.objectContaining({ code: 'undecodable', where: `/payload${where}` }) as Error,
    );
    expect(box.get()).toBe(before);
    expect(box.put(long)).toEqual(long);
  });

  it('a getter that throws', () => {
    const fails = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('of the getter');
      },
    });
    expect(() => box.put(listOf(5000, (i) => (i === 4500 ? fails : i)))).toThrow('of the getter');
    expect(box.put(long)).toEqual(long);
  });
});
