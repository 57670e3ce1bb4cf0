// Values nested to the limit, and one level more, through wasm with the stack that it has;
// deep_trees_test.cpp does the same natively.

import { createIsolatedStore, defineSlice, loadEngine, plain, ReducerError } from 'isthmus';
import { expect, it, vi } from 'vitest';

await loadEngine();

const DEPTH = 256;

function nested(depth: number, wrap: (inner: unknown) => unknown, core: unknown): unknown {
  return depth === 0 ? core : nested(depth - 1, wrap, wrap(core));
}
const arrays = (depth: number) => nested(depth - 1, (inner) => [inner], []);
const objects = (depth: number) => nested(depth - 1, (a) => ({ a }), {});

const run = (state: unknown, ...steps: { op: string; [field: string]: unknown }[]) =>
  defineSlice({ name: 'deep', initialState: state, reducers: { run: steps } });
const replace = { op: 'set', path: '', value: { var: 'payload' } };
const wrap = { op: 'set', path: '', value: { object: { a: { var: 'state' } } } };

const shapes: [string, (depth: number) => unknown][] = [
  ['arrays', arrays],
  ['objects', objects],
];

it.each(shapes)('%s nested to the limit are taken, compared, shown and let go', (_what, nest) => {
  const { reducer, actions } = run(null, replace);
  const state = reducer(undefined, actions.run(nest(DEPTH)));
  expect(JSON.stringify(state)).toBe(JSON.stringify(nest(DEPTH)));
  expect(JSON.stringify(plain(state))).toBe(JSON.stringify(nest(DEPTH)));
  expect(reducer(state, actions.run(nest(DEPTH)))).toBe(state);
  expect(reducer(state, actions.run(1))).toBe(1);
  expect(JSON.stringify(reducer(state, { type: 'other' }))).toBe(JSON.stringify(nest(DEPTH)));
});

it.each(shapes)('%s nested one level deeper are refused, and the state stays', (_what, nest) => {
  const store = createIsolatedStore({ name: 'app', slices: [run(null, replace)] });
  const before = store.getState();
  expect(() => store.dispatch({ type: 'deep/run', payload: nest(DEPTH + 1) })).toThrow(
    expect.objectContaining({
      code: 'limit-exceeded',
      message: expect.stringContaining('more than 256 nested levels') as string,
    }),
  );
  expect(store.getState()).toBe(before);
  store.dispose();
});

it('a state that grows by a level with each action is refused at the limit, and stays', () => {
  const store = createIsolatedStore({ name: 'app', slices: [run({}, wrap)] });
  const listener = vi.fn();
  store.watch(['deep', ...Array<string>(DEPTH - 1).fill('a')], listener);
  for (let depth = 1; depth < DEPTH; depth++) store.dispatch({ type: 'deep/run' });
  expect(listener).toHaveBeenCalledOnce();
  const state = store.read(['deep']);
  expect(JSON.stringify(state)).toBe(JSON.stringify(objects(DEPTH)));
  const refused = () => store.dispatch({ type: 'deep/run' });
  expect(refused).toThrow(ReducerError);
  expect(refused).toThrow(/the state would be nested deeper than 256 levels/);
  expect(store.read(['deep'])).toBe(state);
  store.dispose();
});

it('rules and steps nested as deep as a definition can hold them compile and run', () => {
  const levels = DEPTH / 2 - 3;
  const negated = nested(levels, (inner) => ({ '!': [inner] }), false);
  const mapped = nested(levels, (inner) => ({ map: [[1], inner] }), 1);
  const steps = nested(levels, (then) => [{ op: 'if', test: true, then }], [replace]);
  const result = (...list: Parameters<typeof run>) => {
    const { reducer, actions } = run(...list);
    return JSON.stringify(reducer(undefined, actions.run('end')));
  };
  expect(result({}, { op: 'set', path: '/n', value: negated })).toBe('{"n":true}');
  expect(result({}, { op: 'set', path: '/n', value: mapped })).toBe(
    JSON.stringify({ n: nested(levels, (inner) => [inner], 1) }),
  );
  expect(result({}, ...(steps as Parameters<typeof run>[1][]))).toBe('"end"');
});

it('a definition that is nested too deep is refused where it is too deep', () => {
  const rule = nested(DEPTH, (inner) => ({ '!': [inner] }), false);
  expect(() => run({}, { op: 'set', path: '/n', value: rule })).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('256 nested levels') as string,
      where: expect.stringMatching(/^\/reducers\/run\/0\/value\/!\/0/) as string,
    }),
  );
});

it('a state that saves itself and forgets that again is never too deep', () => {
  const reducers = {
    save: [{ op: 'set', path: '/saved', value: { var: 'state' } }],
    forget: [{ op: 'unset', path: '/saved' }],
  };
  const { reducer, actions } = defineSlice({ name: 'deep', initialState: {}, reducers });
  let state: unknown;
  for (let cycle = 0; cycle < 1000; cycle++) {
    state = reducer(reducer(state as never, actions.save()), actions.forget());
  }
  expect(plain(state)).toEqual({});
});
