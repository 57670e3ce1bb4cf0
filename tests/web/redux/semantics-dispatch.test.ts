import { loadEngine } from 'isthmus';
import type { Store } from 'redux';
import { describe, expect, it, vi } from 'vitest';
import { add, storeMakers, type Reducers } from './semantics-makers.js';

await loadEngine();

describe.each(storeMakers)('dispatch of $name', ({ open }) => {
  /** A store whose reducer makes a call into the store when it sees `call`. */
  function openCalling(call: (store: Store) => void): Store {
    const caller: Reducers[string] = (state = 0, { type }) => {
      if (type === 'call') call(store);
      return state;
    };
    const store = open({ caller });
    return store;
  }

  it('begins with the initial state', () => {
    expect(open().getState()).toEqual({ todos: [] });
  });

  it('returns the action', () => {
    const action = add('a');
    expect(open().dispatch(action)).toBe(action);
  });

  it('applies actions one after the other', () => {
    const store = open();
    store.dispatch(add('a'));
    store.dispatch(add('b'));
    expect(store.getState()).toEqual({ todos: ['a', 'b'] });
  });

  it('keeps the root when an action changes nothing', () => {
    const store = open();
    store.dispatch(add('a'));
    const before = store.getState();
    store.dispatch({ type: 'unknown' });
    expect(store.getState()).toBe(before);
  });

  it('leaves the old root as it was when an action changes something', () => {
    const store = open();
    const before = store.getState();
    store.dispatch(add('a'));
    expect(store.getState()).not.toBe(before);
    expect(before).toEqual({ todos: [] });
  });

  it('hands each reducer its own state and the very action', () => {
    const spy = vi.fn((state = 'own') => state);
    const store = open({ spy });
    const action = { type: 'unknown' };
    spy.mockClear();
    store.dispatch(action);
    expect(spy).toHaveBeenCalledTimes(1);
    expect(spy).toHaveBeenCalledWith('own', action);
    expect(spy.mock.calls[0]![1 as 0]).toBe(action);
  });

  it.each([
    ['undefined', undefined, /^Actions must be plain objects\. .* '(undefined)'/],
    ['null', null, /^Actions must be plain objects\. .* '(null)'/],
    ['a number', 7, /^Actions must be plain objects\. .* '(number)'/],
    ['a function', () => 0, /^Actions must be plain objects\. .* '(function)'.*redux-thunk/],
    ['an array', [], /^Actions must be plain objects\. .* '(array)'/],
    ['a promise', Promise.resolve(), /^Actions must be plain objects\. .* '(Promise)'/],
    ['a Map', new Map(), /^Actions must be plain objects\. .* '(Map)'/],
    ['a Date', new Date(), /^Actions must be plain objects\. .* '(date)'/],
    ['an instance of a class', new (class Move {})(), /^Actions must be plain objects\./],
    ['an action without a type', {}, /^Actions may not have an undefined "type" property\./],
    ['a type that is a number', { type: 1 }, /^Action "type" property must be a string\..*number/],
    ['a type that is null', { type: null }, /^Action "type" property must be a string\..*null/],
  ])('refuses %s', (_what, action, message) => {
    const store = open();
    expect(() => store.dispatch(action as never)).toThrow(message);
    expect(store.getState()).toEqual({ todos: [] });
  });

  it('takes an empty type and an object without a prototype', () => {
    const store = open();
    store.dispatch({ type: '' });
    store.dispatch(Object.assign(Object.create(null), add('a')));
    expect(store.getState()).toEqual({ todos: ['a'] });
  });

  const unsubscribe = { current: () => undefined as void };
  const forbidden: [string, (store: Store) => void, RegExp][] = [
    ['dispatch', (store) => store.dispatch(add('a')), /^Reducers may not dispatch actions\.$/],
    ['getState', (store) => store.getState(), /^You may not call store\.getState\(\) while/],
    ['subscribe', (store) => store.subscribe(() => 0), /^You may not call store\.subscribe\(\)/],
    ['unsubscribe', () => unsubscribe.current(), /^You may not unsubscribe from a store listener/],
  ];
  it.each(forbidden)(
    'refuses %s inside a reducer, and works afterwards',
    (_what, call, message) => {
      const store = openCalling(call);
      unsubscribe.current = store.subscribe(() => undefined);
      expect(() => store.dispatch({ type: 'call' })).toThrow(message);
      store.dispatch(add('a'));
      expect(store.getState()).toMatchObject({ todos: ['a'] });
      unsubscribe.current();
    },
  );

  it('refuses a wrong action inside a reducer for what is wrong with it', () => {
    const store = openCalling((own) => own.dispatch({} as never));
    expect(() => store.dispatch({ type: 'call' })).toThrow(/undefined "type" property/);
  });

  it('lets what a reducer throws through unchanged, keeps the state and goes on', () => {
    const thrown = Object.freeze({ any: 'value' });
    const store = openCalling(() => {
      throw thrown;
    });
    store.dispatch(add('a'));
    const before = store.getState();
    const caught = vi.fn();
    try {
      store.dispatch({ type: 'call' });
    } catch (error) {
      caught(error);
    }
    expect(caught.mock.calls[0]![0]).toBe(thrown);
    expect(store.getState()).toBe(before);
    store.dispatch(add('b'));
    expect(store.getState()).toMatchObject({ todos: ['a', 'b'] });
  });
});
