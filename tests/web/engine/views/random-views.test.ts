import { setImmediate as nextTask } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createIsolatedStore, defineSlice, loadEngine, plain } from 'isthmus';
import { payload, set } from 'isthmus/program';
import { expect, it } from 'vitest';
import { randomNumbers } from '../random-values.js';

await loadEngine();
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const seed = Number(process.env.ISTHMUS_SEED ?? Date.now() % 1e9);
const next = randomNumbers(seed);
const STEPS = Number(process.env.ISTHMUS_STEPS ?? 3_000);
const below = (end: number) => Math.floor(next() * end);
const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)];

type Bag = Record<string, unknown>;

/** A view, and what it must read as for as long as anybody holds it. */
interface Held {
  readonly view: unknown;
  readonly model: unknown;
}

const bag = defineSlice({
  name: 'bag',
  initialState: {} as Bag,
  reducers: { put: [set('', payload())], set: [set([payload('key')], payload('value'))] },
});
const store = createIsolatedStore({ name: 'random-views', slices: [bag] });
const plainCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Small and large arrays and objects, many of them much alike. */
function randomModel(depth: number): unknown {
  if (depth === 0 || below(8) === 0) return below(2) === 0 ? below(1e6) : `t${below(50)}`;
  const isLarge = below(4) === 0;
  const filled = isLarge ? below(2) : undefined;
  const inner = () => (filled !== undefined && below(30) > 0 ? filled : randomModel(depth - 1));
  if (below(2) === 0) return Array.from({ length: isLarge ? 64 + below(60) : below(5) }, inner);
  const count = isLarge ? 60 + below(20) : below(6);
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, inner()]));
}

const held: Held[] = [];

function hold(view: unknown, model: unknown): void {
  if (JSON.stringify(model).length < 4_000) held.push({ view, model });
}

/** Goes down a random way, and compares what it comes to. */
function check({ view, model }: Held): void {
  const keys = typeof model === 'object' && model !== null ? Object.keys(model) : [];
  if (keys.length === 0 || below(5) === 0) {
    expect(plain(view)).toStrictEqual(model);
    return;
  }
  if (below(3) === 0) hold(view, model);
  const key = pick(keys)!;
  check({ view: (view as Bag)[key], model: (model as Bag)[key] });
}

/** A value to put somewhere: a new one, or a view that is still held. */
function randomValue(): Held {
  const model = randomModel(3);
  return (below(2) === 0 && pick(held)) || { view: model, model: plainCopy(model) };
}

/** Any held object as the state of a plain reducer, whether its node is alive or not. */
function reduceOnce(): void {
  const isObject = ({ model }: Held) => typeof model === 'object' && !Array.isArray(model);
  const state = pick(held.filter(isObject)) ?? { view: {}, model: {} };
  const { view, model } = randomValue();
  const key = `z${below(3)}`;
  const reduced = bag.reducer(state.view as Bag, bag.actions.set({ key, value: view }));
  const expected = { ...(state.model as Bag), [key]: model };
  expect(plain(reduced)).toStrictEqual(expected);
  hold(reduced, expected);
}

it(`a view reads as its node, whatever has died meanwhile (ISTHMUS_SEED=${seed})`, async () => {
  let state: Bag = {};
  for (let step = 0; step < STEPS; step++) {
    const { view, model } = randomValue();
    const key = `k${below(20)}`;
    if (below(30) === 0) {
      store.dispatch(bag.actions.put({ [key]: view }));
      state = { [key]: model };
    } else if (below(3) > 0) {
      store.dispatch(bag.actions.set({ key, value: view }));
      state = { ...state, [key]: model };
    }
    check({ view: below(2) === 0 ? store.read(['bag']) : store.getState().bag, model: state });
    if (held.length > 0) check(pick(held)!);
    if (below(4) === 0) reduceOnce();
    if (below(40) === 0) held.splice(below(held.length), held.length);
    if (held.length > 300) held.splice(0, 200);
    if (below(200) === 0) collect();
    if (below(50) === 0) await nextTask();
  }
});
