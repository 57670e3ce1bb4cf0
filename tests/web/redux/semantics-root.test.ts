import { loadEngine } from 'isthmus';
import { __DO_NOT_USE__ActionTypes as types, type Action, type Reducer } from 'redux';
import { describe, expect, it, vi } from 'vitest';
import { rootMakers } from './semantics-makers.js';
import { outcomeOf } from './outcome.js';

await loadEngine();

const count: Reducer<number> = (state = 0, { type }) => (type === 'up' ? state + 1 : state);

/** A reducer and the types of the actions that it has seen. */
function recorder(): [Reducer, string[]] {
  const seen: string[] = [];
  const reducer = (state: unknown = 'initial', { type }: Action) => {
    seen.push(type);
    return state;
  };
  return [reducer, seen];
}

describe.each(rootMakers)('the root of $name', ({ open }) => {
  it('is the initial state of its reducer, told by one init action', () => {
    const [reducer, seen] = recorder();
    expect(open(reducer).getState()).toBe('initial');
    expect(seen).toEqual([types.INIT]);
  });

  it.each([
    ['an object', { a: {} }],
    ['null', null],
    ['a number', 0],
    ['false', false],
    ['an array', [1]],
    ['a Map', new Map([[1, 2]])],
    ['an instance of a class', new (class Root {})()],
    ['a symbol', Symbol('root')],
  ])('is the preloaded state itself: %s', (_what, preloaded) => {
    const store = open((state) => state, preloaded);
    expect(store.getState()).toBe(preloaded);
    store.dispatch({ type: 'unknown' });
    expect(store.getState()).toBe(preloaded);
  });

  it('takes undefined for no preloaded state', () => {
    expect(open(count, undefined).getState()).toBe(0);
  });

  it('may be undefined, and a function when a reducer makes it one', () => {
    const made = () => 1;
    const store = open((state, { type }) => (type === 'make' ? made : state));
    expect(store.getState()).toBe(undefined);
    store.dispatch({ type: 'make' });
    expect(store.getState()).toBe(made);
  });

  it('is not made when the reducer throws at init: the error reaches the caller', () => {
    const error = new Error('no initial state');
    const throwing = () => {
      throw error;
    };
    expect(() => open(throwing)).toThrow(error);
  });

  it('is kept by a replaced reducer, which a replace action tells', () => {
    const store = open(count);
    store.dispatch({ type: 'up' });
    const [reducer, seen] = recorder();
    store.replaceReducer(reducer);
    expect(store.getState()).toBe(1);
    expect(seen).toEqual([types.REPLACE]);
    store.dispatch({ type: 'up' });
    expect(store.getState()).toBe(1);
    expect(seen).toEqual([types.REPLACE, 'up']);
  });

  it('can be changed by the replace action, which listeners are told', () => {
    const store = open(count);
    const listener = vi.fn();
    store.subscribe(listener);
    store.replaceReducer((state: number) => state + 100);
    expect(store.getState()).toBe(100);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.replaceReducer(count)).toBe(undefined);
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it.each([undefined, null, {}, 'text', 7])('refuses to be reduced by %s', (reducer) => {
    const store = open(count);
    const { error } = outcomeOf(() => store.replaceReducer(reducer as never));
    const model = outcomeOf(() => rootMakers[0]!.open(count).replaceReducer(reducer as never));
    expect(error).toMatch(/^Error: Expected the nextReducer to be a function\. Instead, received/);
    expect(error).toBe(model.error);
    store.dispatch({ type: 'up' });
    expect(store.getState()).toBe(1);
  });

  it('may not be given another reducer by a reducer', () => {
    const store = open((state = 0, { type }) => {
      if (type === 'call') store.replaceReducer(count);
      return state;
    });
    expect(() => store.dispatch({ type: 'call' })).toThrow('Reducers may not dispatch actions.');
  });

  it('stays as it was when a replaced reducer throws, and that reducer is in place', () => {
    const store = open(count, 5);
    const picky: Reducer<number> = (state = 0, action) => {
      if (action.type === types.REPLACE) throw new Error('not now');
      return count(state, action);
    };
    expect(() => store.replaceReducer(picky)).toThrow('not now');
    expect(store.getState()).toBe(5);
    store.dispatch({ type: 'up' });
    expect(store.getState()).toBe(6);
  });

  it('is new whenever a listener is told', () => {
    const store = open(count);
    const seen: unknown[] = [];
    store.subscribe(() => seen.push(store.getState()));
    store.dispatch({ type: 'up' });
    store.dispatch({ type: 'up' });
    expect(seen).toEqual([1, 2]);
  });

  it('changes although a listener throws; the listeners after it are not told', () => {
    const store = open(count);
    const calls: string[] = [];
    const error = new Error('listener');
    store.subscribe(() => calls.push('before'));
    store.subscribe(() => {
      throw error;
    });
    store.subscribe(() => calls.push('after'));
    expect(() => store.dispatch({ type: 'up' })).toThrow(error);
    expect(store.getState()).toBe(1);
    expect(calls).toEqual(['before']);
  });
});
