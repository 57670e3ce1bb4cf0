// @vitest-environment jsdom
import { defineSlice, loadEngine } from 'isthmus';
import { inc } from 'isthmus/program';
import type { Action } from 'redux';
import { describe, expect, it, vi } from 'vitest';

import { storeMakers } from './store-makers.js';

await loadEngine();

class Money {
  readonly #cents: number;
  constructor(cents: number) {
    this.#cents = cents;
  }
  get cents() {
    return this.#cents;
  }
}

const cycle: { self?: unknown } = {};
cycle.self = cycle;

const shapes: [what: string, value: unknown][] = [
  ['a function', () => 1],
  ['a Date', new Date(0)],
  ['a Map', new Map([[{}, new Set([1])]])],
  ['a Set', new Set([cycle])],
  ['a WeakMap', new WeakMap()],
  ['a BigInt', 12345678901234567890n],
  ['a symbol', Symbol('here')],
  ['an instance of a class with private fields', new Money(5)],
  ['a cycle', cycle],
  ['an object with a symbol key', { [Symbol.for('key')]: 1 }],
  ['a RegExp', /x/g],
  ['an Error', new Error('kept')],
  ['a Promise', Promise.resolve(1)],
  ['a typed array', new Float64Array([NaN, -0])],
  ['an object without a prototype', Object.create(null)],
  ['a sparse array', Array(3)],
  ['a Proxy', new Proxy({}, { get: () => 7 })],
  ['an element of the page', document.createElement('p')],
  ['NaN', NaN],
  ['an infinity', -Infinity],
  ['null', null],
  ['an object with an undefined member', { here: undefined }],
];

type PutAction = { type: 'box/put'; value: unknown };
const put = (value: unknown): PutAction => ({ type: 'box/put', value });
const isPut = (action: Action): action is PutAction => action.type === 'box/put';
const box = (state: unknown = null, action: Action) => (isPut(action) ? action.value : state);
const holder = (state: { held?: unknown } = {}, action: Action) =>
  isPut(action) ? { ...state, held: action.value } : state;
const counter = defineSlice({ name: 'counter', initialState: 0, reducers: { add: [inc('')] } });

interface State {
  box: unknown;
  holder: { held?: unknown };
  counter: number;
}

describe.each(storeMakers)('a JS slice of %s', (_name, open) => {
  const reducers = { box, holder };

  it.each(shapes)('keeps %s as it is, by reference', (_what, value) => {
    const { store } = open<State>({ reducers, natives: [counter] });
    store.dispatch(put(value));
    store.dispatch(counter.actions.add());
    expect(Object.is(store.getState().box, value)).toBe(true);
    expect(Object.is(store.getState().holder.held, value)).toBe(true);
  });

  it('keeps members that are undefined', () => {
    const { store } = open<State>({ reducers });
    store.dispatch(put({ here: undefined }));
    expect(Object.keys(store.getState().box as object)).toEqual(['here']);
  });

  it.each([
    ['state', (store: { getState(): State }) => store.getState().holder],
    ['what the state holds', (store: { getState(): State }) => store.getState().holder.held],
  ])('freezes nothing: %s', (_what, read) => {
    const { store } = open<State>({ reducers, natives: [counter] });
    store.dispatch(put({ list: [] }));
    store.dispatch(counter.actions.add());
    expect(Object.isFrozen(read(store))).toBe(false);
  });

  it('hands each reducer the very action, with whatever it holds', () => {
    const seen: unknown[] = [];
    const spy = (state: unknown = 0, action: Action) => (seen.push(action), state);
    const { store } = open<State>({ reducers: { spy }, natives: [counter] });
    const actions = shapes.map(([, value]) => put(value));
    for (const action of actions) store.dispatch({ ...action, type: 'other' });
    seen.length = 0;
    for (const action of actions) store.dispatch(action);
    expect(seen.every((action, i) => action === actions[i])).toBe(true);
    expect(seen).toHaveLength(actions.length);
  });

  it('never reads what it is given: a getter is left alone', () => {
    const getter = vi.fn();
    const { store } = open<State>({ reducers, natives: [counter] });
    store.dispatch(put(Object.defineProperty({}, 'secret', { get: getter, enumerable: true })));
    store.dispatch(counter.actions.add());
    store.getState();
    expect(getter).not.toHaveBeenCalled();
  });

  it('that comes later begins with its own initial state, by reference', () => {
    const initial = new Map([['a', cycle]]);
    const { store, join } = open<{ late: unknown }>();
    join({ reducers: { late: (state = initial) => state } });
    expect(store.getState().late).toBe(initial);
  });
});

describe.each(storeMakers)('a reducer of %s that throws', (_name, open) => {
  const throwing =
    (error: unknown) =>
    (state = 'calm', { type }: Action) => {
      if (type === 'counter/add') throw error;
      return state;
    };
  const counting = (state = 0, { type }: Action) => (type === 'counter/add' ? state + 1 : state);
  const parts = (error: unknown) => ({
    reducers: { before: counting, throwing: throwing(error), after: counting },
    natives: [counter],
  });

  it.each([
    ['an Error', new RangeError('boom')],
    ['a frozen object', Object.freeze({ code: 7 })],
    ['a text', 'boom'],
    ['undefined', undefined],
  ])('hands its caller the very error: %s', (_what, error) => {
    const { store } = open<State>(parts(error));
    const caught: unknown[] = [];
    try {
      store.dispatch(counter.actions.add());
    } catch (thrown) {
      caught.push(thrown);
    }
    expect(caught).toHaveLength(1);
    expect(Object.is(caught[0], error)).toBe(true);
  });

  it('leaves every slice as it was, the native ones and the root, too', () => {
    const { store } = open<State>(parts(new Error('boom')));
    const before = store.getState();
    expect(() => store.dispatch(counter.actions.add())).toThrow('boom');
    expect(store.getState()).toBe(before);
    expect(before).toMatchObject({ before: 0, throwing: 'calm', after: 0, counter: 0 });
  });

  it('does not keep the next dispatch from working', () => {
    let shouldThrow = true;
    const once = (state = 0, { type }: Action) => {
      if (type === 'counter/add' && shouldThrow) throw new Error('once');
      return counting(state, { type });
    };
    const { store } = open<State>({ reducers: { once }, natives: [counter] });
    expect(() => store.dispatch(counter.actions.add())).toThrow('once');
    shouldThrow = false;
    store.dispatch(counter.actions.add());
    expect(store.getState()).toMatchObject({ once: 1, counter: 1 });
  });
});

// Redux's own store stays broken after that: every further dispatch throws.
it.each(storeMakers.slice(1))('%s goes on without a slice that cannot begin', (_name, open) => {
  const { store, join } = open<State>({ reducers: { box }, natives: [counter] });
  const late = () => {
    throw new Error('cannot begin');
  };
  expect(() => join({ reducers: { late } })).toThrow('cannot begin');
  store.dispatch(counter.actions.add());
  expect(store.getState()).toMatchObject({ box: null, counter: 1 });
  expect(store.getState()).not.toHaveProperty('late');
});

it.each(storeMakers)(
  '%s: a native step that fails leaves the JS slices as they were',
  (_n, open) => {
    const text = defineSlice({
      name: 'text',
      initialState: 'x' as unknown as number,
      reducers: { add: [inc('')] },
    });
    const seen = (state = 0, { type }: Action) => (type === 'text/add' ? state + 1 : state);
    const { store } = open<{ seen: number }>({ reducers: { seen }, natives: [text] });
    expect(() => store.dispatch(text.actions.add())).toThrow(/inc needs a number/);
    expect(store.getState()).toMatchObject({ text: 'x', seen: 0 });
  },
);
