import { createIsolatedStore, defineSlice, loadEngine, type Path } from 'isthmus';
import { literal, merge, payload, push, removeWhere, set, unset } from 'isthmus/program';
import { expect, it } from 'vitest';
import { randomNumbers, randomValue } from '../../engine/random-values.js';

await loadEngine();

const seed = Number(process.env.ISTHMUS_SEED ?? Date.now() % 2 ** 31);
const random = randomNumbers(seed);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

const keys = ['a', 'b', '0'];
const initialState = Object.fromEntries(keys.map((key) => [key, { a: 1, list: [] as unknown[] }]));
const slice = defineSlice({
  name: 'tree',
  initialState: initialState as Record<string, unknown>,
  reducers: {
    set: [set([payload('a')], payload('value'))],
    setBelow: [set([payload('a'), payload('b')], payload('value'))],
    unset: [unset([payload('a'), payload('b')])],
    merge: [merge([payload('a')], payload('value'))],
    push: [push([payload('a'), 'list'], payload('value'))],
    clear: [removeWhere([payload('a'), 'list'], literal(true))],
  },
});

const paths: Path[] = [
  [],
  ['tree'],
  ...keys.flatMap((a) => [['tree', a], ...keys.map((b) => ['tree', a, b])]),
  ...keys.map((a) => ['tree', a, 'list', 0]),
];

it(`a watch is called when its value has changed, and only then (ISTHMUS_SEED=${seed})`, () => {
  const store = createIsolatedStore({ name: 'app', slices: [slice] });
  const calls = paths.map(() => 0);
  paths.forEach((path, i) => store.watch(path, () => void (calls[i]! += 1)));
  for (let round = 0; round < 3_000; round++) {
    const before = paths.map((path) => store.read(path));
    calls.fill(0);
    const value = random() < 0.3 ? { a: 1, list: [] } : randomValue(random, 2);
    const action = pick(Object.values(slice.actions))({ a: pick(keys), b: pick(keys), value });
    try {
      store.dispatch(action);
    } catch {
      expect(paths.map((path) => store.read(path)).every((it, i) => it === before[i])).toBe(true);
    }
    for (const [i, path] of paths.entries()) {
      const [old, now] = [before[i], store.read(path)];
      const isSame = spell(old) === spell(now);
      const what = `round ${round}, ${path.join('/')}, ${JSON.stringify(action)}`;
      expect(calls[i], what).toBe(Object.is(old, now) ? 0 : 1);
      if (!isSame || !hasMoved(action, old)) expect(Object.is(old, now), what).toBe(isSame);
    }
  }
});

/** Where an element goes, the next one has its place, which may look like it and is another. */
function hasMoved(action: { type: string }, old: unknown): boolean {
  return action.type === slice.actions.unset.type && typeof old === 'object';
}

/** JSON tells values apart by content and order of keys, but not zeros. */
function spell(value: unknown): string {
  return `${JSON.stringify(value, (_key, it: unknown) => (Object.is(it, -0) ? '-0' : it))}`;
}
