import * as redux from 'redux';
import type { Reducer } from 'redux';
import { describe, expect, it, vi } from 'vitest';
import { modules, type Reducers } from './semantics-makers.js';
import { outcomeOf } from './outcome.js';

const count: Reducer<number> = (state = 0, { type }) => (type === 'up' ? state + 1 : state);
const list: Reducer<string[]> = (state = [], { type }) =>
  type === 'add' ? [...state, 'x'] : state;
const unknown = { type: 'unknown' };

describe.each(modules)('combineReducers of %s', (_name, { combineReducers, createStore }) => {
  const combine = combineReducers as (reducers: Reducers) => Reducer;

  /** The outcome of a call with a combined reducer, which must be that of Redux's. */
  function sameAsRedux(call: (make: typeof combine) => unknown) {
    const outcome = outcomeOf(() => call(combine));
    expect(outcome).toEqual(outcomeOf(() => call(redux.combineReducers as typeof combine)));
    return outcome;
  }

  it('gives each reducer the state of its key and gathers what they return', () => {
    const reducer = combine({ count, list });
    expect(reducer(undefined, unknown)).toEqual({ count: 0, list: [] });
    expect(reducer({ count: 3, list: ['a'] }, { type: 'up' })).toEqual({ count: 4, list: ['a'] });
  });

  it('calls the reducers in the order of their keys, as objects order them', () => {
    const order: string[] = [];
    const named = (name: string) => () => order.push(name) && name;
    const reducer = combine({ b: named('b'), a: named('a'), 1: named('1') });
    order.length = 0;
    expect(Object.keys(reducer({}, unknown))).toEqual(['1', 'b', 'a']);
    expect(order).toEqual(['1', 'b', 'a']);
  });

  it('hands on action and state as they are, without a this', () => {
    const spy = vi.fn(function (this: unknown, state: unknown = null) {
      expect(this).toBe(undefined);
      return state;
    });
    const state = { spy: { own: true } };
    combine({ spy })(state, unknown);
    expect(spy).toHaveBeenLastCalledWith(state.spy, unknown);
    expect(spy.mock.calls.at(-1)).toHaveLength(2);
  });

  it('returns the very state when no reducer changed its own', () => {
    const state = { count: 1, list: [] };
    const reducer = combine({ count, list });
    expect(reducer(state, unknown)).toBe(state);
    expect(reducer(state, { type: 'up' })).not.toBe(state);
    expect(state).toEqual({ count: 1, list: [] });
  });

  it('keeps the references of what did not change', () => {
    const state = { count: 1, list: [] };
    const next = combine({ count, list })(state, { type: 'up' });
    expect(next).toEqual({ count: 2, list: [] });
    expect(next.list).toBe(state.list);
  });

  it('tells NaN from NaN, as !== does', () => {
    const reducer = combine({ nothing: () => NaN });
    const state = { nothing: NaN };
    expect(reducer(state, unknown)).not.toBe(state);
  });

  it('takes 0 and -0 for the same', () => {
    const state = { zero: 0 };
    expect(combine({ zero: () => -0 })(state, unknown)).toBe(state);
  });

  it('drops keys that have no reducer', () => {
    const call = (make: typeof combine) => make({ count })({ count: 1, gone: 2 }, unknown);
    expect(sameAsRedux(call).returned).toEqual({ count: 1 });
  });

  it('adds keys that the state lacks', () => {
    const state = { count: 1 };
    expect(combine({ count, list })(state, unknown)).toEqual({ count: 1, list: [] });
  });

  // Redux compares the numbers of keys, and finds a change only among its own.
  it('gives a new state when as many keys went as came', () => {
    const state = { count: 1, gone: 2 };
    const { returned } = sameAsRedux((make) => make({ count, list })(state, unknown));
    expect(returned).toEqual({ count: 1, list: [] });
  });

  it('gives a plain object, whatever the state was', () => {
    const state = Object.assign(Object.create(null) as object, { count: 1 });
    const next = combine({ count })(state, { type: 'up' });
    expect(Object.getPrototypeOf(next)).toBe(Object.prototype);
  });

  it('gives its keys in their order, whatever order the state had', () => {
    const reducer = combine({ count, list });
    const state = reducer({ list: [], count: 1 }, unknown);
    expect(Object.keys(reducer(state, { type: 'up' }) as object)).toEqual(['count', 'list']);
  });

  it('leaves a state with symbol keys or without a prototype alone until something changes', () => {
    const reducer = combine({ count, list });
    const state: object = Object.assign(Object.create(null) as object, {
      count: 1,
      list: [],
      [Symbol('key')]: 2,
    });
    expect(reducer(state, unknown)).toBe(state);
    const next = reducer(state, { type: 'up' }) as object;
    expect(Reflect.ownKeys(next)).toEqual(['count', 'list']);
    expect(Object.getPrototypeOf(next)).toBe(Object.prototype);
  });

  it('does as Redux when a reducer returns undefined after a state it has made', () => {
    const { error } = sameAsRedux((make) => {
      const loses: Reducer = (state = 0, { type }) => (type === 'lose' ? undefined : state);
      const reducer = make({ count, loses });
      return reducer(reducer(undefined, unknown), { type: 'lose' });
    });
    expect(error).toMatch(/action of type "lose", the slice reducer for key "loses" returned/);
  });

  it('reads no member of the state twice, nor any that has no reducer', () => {
    const reads: string[] = [];
    const reducer = combine({ count, list });
    const state = Object.defineProperties(
      {},
      {
        count: { enumerable: true, get: () => reads.push('count') },
        other: { enumerable: true, get: () => reads.push('other') },
      },
    );
    outcomeOf(() => reducer(state, unknown));
    expect(reads).toEqual(['count']);
  });

  it('reads only own keys of the reducers', () => {
    const reducers = Object.assign(Object.create({ inherited: count }) as Reducers, { count });
    expect(combine(reducers)(undefined, unknown)).toEqual({ count: 0 });
  });

  it('leaves symbol keys and hidden keys of the reducers out', () => {
    const reducers: Reducers = { count };
    Object.defineProperty(reducers, Symbol('key'), { value: list, enumerable: true });
    Object.defineProperty(reducers, 'hidden', { value: list, enumerable: false });
    expect(Reflect.ownKeys(combine(reducers)(undefined, unknown))).toEqual(['count']);
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'does as Redux with a reducer and a key called %s',
    (key) => {
      const { returned } = sameAsRedux((make) => {
        const reducer = make({ [key]: count, list });
        const first = reducer(undefined, { type: 'up' });
        return [reducer({ [key]: 0 }, { type: 'up' }), Object.keys(first as object)];
      });
      if (key !== 'hasOwnProperty')
        expect(returned).toEqual([{ [key]: 1, list: [] }, [key, 'list']]);
    },
  );

  it.each(['constructor', 'toString', '__proto__'])('does as Redux with an extra key %s', (key) => {
    sameAsRedux((make) => {
      const state = JSON.parse(`{ "count": 1, "${key}": 2 }`) as object;
      return make({ count })(state, unknown);
    });
  });

  it('does as Redux with a reducer under __proto__', () => {
    sameAsRedux((make) => {
      const reducers: Reducers = { count };
      Object.defineProperty(reducers, '__proto__', { value: list, enumerable: true });
      return Object.entries(make(reducers)(undefined, { type: 'up' }) as object);
    });
  });

  it('is fixed when made: reducers added or replaced later are not seen', () => {
    const reducers: Reducers = { count };
    const reducer = combine(reducers);
    reducers['list'] = list;
    reducers['count'] = () => 100;
    expect(reducer(undefined, { type: 'up' })).toEqual({ count: 1 });
  });

  it('may be nested', () => {
    const reducer = combine({ count, inner: combine({ list, deeper: combine({ count }) }) });
    const state = reducer(undefined, unknown);
    expect(state).toEqual({ count: 0, inner: { list: [], deeper: { count: 0 } } });
    const next = reducer(state, { type: 'add' });
    expect(next.inner.deeper).toBe(state.inner.deeper);
    expect(next.inner.list).toEqual(['x']);
  });

  it.each([
    ['one key', {}],
    ['two keys', { count }],
  ])('may be called by one of its own reducers: %s', (_what, others) => {
    const inner: Reducer = (state = null, action) => (state === null ? null : tree(state, action));
    const tree: Reducer = combine({ inner, ...others });
    const leaf = tree(undefined, unknown);
    const state = tree({ ...leaf, inner: { ...leaf, inner: leaf } }, unknown);
    expect(tree(state, unknown)).toBe(state);
    const next = tree(tree(state, { type: 'up' }), unknown);
    expect(tree(next, unknown)).toBe(next);
    const up = 'count' in others ? { count: 1 } : {};
    expect(next).toEqual({ inner: { inner: { inner: null, ...up }, ...up }, ...up });
  });

  it('serves several stores at a time', () => {
    const reducer = combine({ count, list });
    const [first, second] = [createStore(reducer), createStore(reducer)];
    first.dispatch({ type: 'up' });
    second.dispatch({ type: 'add' });
    expect(first.getState()).toEqual({ count: 1, list: [] });
    expect(second.getState()).toEqual({ count: 0, list: ['x'] });
  });

  it('computes what it is asked, in any order of states: it remembers none', () => {
    const reducer = combine({ count, list });
    const [a, b] = [
      { count: 1, list: [] },
      { count: 10, list: ['b'] },
    ];
    expect(reducer(a, { type: 'up' }).count).toBe(2);
    expect(reducer(b, { type: 'up' }).count).toBe(11);
    expect(reducer(a, { type: 'add' })).toEqual({ count: 1, list: ['x'] });
  });

  it('is a reducer of a store whose keys another reducer replaces', () => {
    const store = createStore(combine({ count, list }));
    store.dispatch({ type: 'up' });
    const { warnings } = outcomeOf(() => store.replaceReducer(combine({ count, other: list })));
    expect(store.getState()).toEqual({ count: 1, other: [] });
    expect(warnings).toEqual([]);
  });

  it('leaves no key changed when one of its reducers throws', () => {
    const error = new Error('boom');
    const picky: Reducer<number> = (state = 0, { type }) => {
      if (type === 'up') throw error;
      return state;
    };
    const store = createStore(combine({ count, picky }));
    const before = store.getState();
    expect(() => store.dispatch({ type: 'up' })).toThrow(error);
    expect(store.getState()).toBe(before);
  });

  it('keeps values of any kind by reference', () => {
    const held = {
      date: new Date(0),
      map: new Map(),
      big: 1n,
      cycle: {} as { self?: object },
      call: () => 0,
      symbol: Symbol('held'),
    };
    held.cycle.self = held.cycle;
    const store = createStore(combine({ held: () => held, count }));
    store.dispatch({ type: 'up' });
    expect(store.getState().held).toBe(held);
    expect(Object.isFrozen(held)).toBe(false);
  });
});
