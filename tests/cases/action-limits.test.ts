// Actions that would take too much, through wasm; action_limits_test.cpp has the table's form.

import { createIsolatedStore, defineSlice, loadEngine, plain, ReducerError } from 'isthmus';
import { expect, it } from 'vitest';

import { Engine } from '../../web/engine/engine.js';
import { openModule } from './raw-bridge.js';
import { readCaseFile } from './read-cases.js';

await loadEngine();

type Step = { op: string; [field: string]: unknown };
interface LimitCase {
  name: string;
  limit: string;
  step?: string;
  steps: Step[];
}

const text = 'x'.repeat(20_000);
const items = Array.from({ length: 200 }, (_, id) => ({ id, list: [] }));
const initialState = {
  text,
  hundred: Array.from({ length: 100 }, (_, i) => i),
  items,
  table: { ids: [], entities: {} },
  k: {},
};
const payload = { text, items, n: -1 };
const limits = { actionBytes: 1_000_000, actionSteps: 20_000 };

const cases = readCaseFile<LimitCase[]>('action-limits.json');

it.each(cases.map((example) => [example.name, example] as const))(
  '%s is refused when it takes too much, and nothing else happens',
  (_name, { steps, limit, step }) => {
    const count: Step[] = [{ op: 'set', path: '/count', value: 1 }];
    const slice = defineSlice({ name: 'a', initialState, reducers: { run: steps, count } });
    const other = createIsolatedStore({ name: 'other', slices: [slice] });
    const store = createIsolatedStore({ name: 'app', slices: [slice], bridge: { limits } });
    const before = store.getState();
    const untouched = other.getState();
    let error: unknown;
    try {
      store.dispatch({ type: 'a/run', payload });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ReducerError);
    expect(error).toMatchObject({ code: 'too-large', slice: 'a', action: 'a/run' });
    expect((error as ReducerError).message).toContain(`limits.${limit}`);
    if (step !== undefined) expect((error as ReducerError).step).toBe(step);
    expect(store.getState()).toBe(before);
    expect(other.getState()).toBe(untouched);
    store.dispatch({ type: 'a/count' });
    expect(plain(store.read(['a', 'count']))).toBe(1);
    store.dispose();
    other.dispose();
  },
);

it('what would take gigabytes takes little memory, in a store and in a plain reducer', async () => {
  const module = await openModule();
  const fails = () => {
    throw new Error('the engine has failed');
  };
  const engine = new Engine(module, fails, fails);
  const rule = { cat: [{ var: 'payload.brand' }, { var: 'name' }] };
  const value = { map: [{ var: 'payload.items' }, rule] };
  const reducers = { run: [{ op: 'set', path: '/out', value }] };
  const definition = engine.define({ name: 'a', initialState: {}, reducers, on: {} });
  const store = engine.createStore({ name: 'app', onRenewed: () => undefined });
  store.inject(definition, 'a');
  const brand = 'b'.repeat(130_000);
  const many = Array.from({ length: 18_000 }, (_, i) => ({ name: `n${i}` }));
  const action = { type: 'a/run', payload: { brand, items: many } };
  const refused = expect.objectContaining({ code: 'too-large' }) as Error;
  expect(() => store.dispatch(engine.typeOf('a/run'), action)).toThrow(refused);
  expect(() => engine.reduce(definition, undefined, action)).toThrow(refused);
  expect(module.memory.buffer.byteLength).toBeLessThan(320 * 1024 * 1024);
  const small = { ...action, payload: { brand: 'b', items: many.slice(0, 2) } };
  store.dispatch(engine.typeOf('a/run'), small);
  expect(plain(store.read(['a', 'out']))).toEqual(['bn0', 'bn1']);
});
