import * as redux from 'redux';
import type { Middleware, Reducer } from 'redux';
import { describe, expect, it, vi } from 'vitest';
import { modules } from './semantics-makers.js';
import { outcomeOf } from './outcome.js';

const count: Reducer<number> = (state = 0, { type }) => (type === 'up' ? state + 1 : state);

describe.each(modules)('applyMiddleware of %s', (_name, api) => {
  const { applyMiddleware, createStore } = api;

  it('hands an action through the middleware from first to last, and the result back', () => {
    const order: string[] = [];
    const named =
      (name: string): Middleware =>
      () =>
      (next) =>
      (action) => {
        order.push(`${name} in`);
        const result = next(action);
        order.push(`${name} out`);
        return result;
      };
    const store = createStore(count, applyMiddleware(named('first'), named('last')));
    const action = { type: 'up' };
    expect(store.dispatch(action)).toBe(action);
    expect(order).toEqual(['first in', 'last in', 'last out', 'first out']);
    expect(store.getState()).toBe(1);
  });

  it('makes each middleware once, with getState and dispatch only', () => {
    const make = vi.fn<Middleware>(() => (next) => next);
    const store = createStore(count, applyMiddleware(make));
    store.dispatch({ type: 'up' });
    expect(make).toHaveBeenCalledTimes(1);
    const [own] = make.mock.calls[0]!;
    expect(Object.keys(own)).toEqual(['getState', 'dispatch']);
    expect(own.getState()).toBe(1);
  });

  it('sends what a middleware dispatches through the whole chain, all arguments with it', () => {
    const seen: unknown[] = [];
    const spy: Middleware =
      () =>
      (next) =>
      (...args: [unknown]) => {
        seen.push(args);
        return next(...args);
      };
    const thunk: Middleware = (own) => (next) => (action) =>
      typeof action === 'function'
        ? (action as (dispatch: unknown) => unknown)(own.dispatch)
        : next(action);
    const store = createStore(count, applyMiddleware(spy, thunk));
    const result = store.dispatch(((dispatch: (...args: unknown[]) => unknown) =>
      dispatch({ type: 'up' }, 'extra')) as never);
    expect(result).toEqual({ type: 'up' });
    expect(seen).toEqual([[expect.any(Function)], [{ type: 'up' }, 'extra']]);
    expect(store.getState()).toBe(1);
  });

  it('refuses dispatches while the middleware is made', () => {
    const early: Middleware = (own) => {
      own.dispatch({ type: 'up' });
      return (next) => next;
    };
    const { error } = outcomeOf(() => createStore(count, applyMiddleware(early)));
    const model = outcomeOf(() => redux.createStore(count, redux.applyMiddleware(early)));
    expect(error).toMatch(
      /^Error: Dispatching while constructing your middleware is not allowed\./,
    );
    expect(error).toBe(model.error);
  });

  it('lets the middleware keep an action, change it and return anything', () => {
    const keep: Middleware = () => (next) => (action) =>
      (action as { type: string }).type === 'kept' ? 'a result' : next({ type: 'up' });
    const store = createStore(count, applyMiddleware(keep));
    expect(store.dispatch({ type: 'kept' })).toBe('a result');
    expect(store.dispatch({ type: 'other' })).toEqual({ type: 'up' });
    expect(store.getState()).toBe(1);
  });

  it('leaves the store as it is without middleware, and the reducer replaceable', () => {
    const store = createStore(count, 5, applyMiddleware());
    store.dispatch({ type: 'up' });
    expect(store.getState()).toBe(6);
    store.replaceReducer((state = 0) => state * 10);
    expect(store.getState()).toBe(60);
  });
});

describe.each(modules)('compose of %s', (_name, { compose }) => {
  it('calls from right to left, the last with every argument', () => {
    const sum = (a: number, b: number) => a + b;
    const double = (n: number) => n * 2;
    const text = (n: number) => `${n}`;
    expect(compose(text, double, sum)(1, 2)).toBe('6');
  });

  it('is the identity of nothing and the function itself of one', () => {
    const one = () => 1;
    expect(compose()(one)).toBe(one);
    expect(compose(one)).toBe(one);
  });
});

describe.each(modules)('bindActionCreators of %s', (_name, { bindActionCreators, createStore }) => {
  const up = vi.fn((by = 1) => ({ type: 'up', by }));

  it('binds a function', () => {
    const store = createStore(count);
    const bound = bindActionCreators(up, store.dispatch);
    expect(bound(3)).toEqual({ type: 'up', by: 3 });
    expect(store.getState()).toBe(1);
  });

  it('binds the functions of an object, inherited ones too, and leaves out the rest', () => {
    const store = createStore(count);
    const creators = Object.assign(Object.create({ inherited: up }) as { inherited: typeof up }, {
      up,
      text: 'no creator' as never,
      none: null as never,
    });
    const bound = bindActionCreators(creators, store.dispatch);
    expect(Object.keys(bound).sort()).toEqual(['inherited', 'up']);
    bound.inherited();
    bound.up();
    expect(store.getState()).toBe(2);
  });

  it('hands on the this of the caller', () => {
    const bound = bindActionCreators(
      {
        own(this: { type: string }) {
          return { type: this.type };
        },
      },
      createStore(count).dispatch,
    );
    const caller = { type: 'mine', own: bound.own };
    expect(caller.own()).toEqual({ type: 'mine' });
  });

  it.each([undefined, null, 'text', 7])('refuses %s', (creators) => {
    const { error } = outcomeOf(() => bindActionCreators(creators as never, (a) => a));
    const model = outcomeOf(() => redux.bindActionCreators(creators as never, (a) => a));
    expect(error).toMatch(
      /^Error: bindActionCreators expected an object or a function, but instead/,
    );
    expect(error).toBe(model.error);
  });
});

class Move {
  type = 'move';
}
const anonymous = Object.assign(Object.create(null) as object, { type: 'a' });
const things: [string, unknown, boolean, boolean][] = [
  ['an action', { type: 'a' }, true, true],
  ['an action with an empty type', { type: '' }, true, true],
  ['an object without a prototype', anonymous, true, true],
  ['an object without a type', {}, false, true],
  ['a type that is a symbol', { type: Symbol('a') }, false, true],
  ['an inherited type', Object.create({ type: 'a' }), false, false],
  ['an instance of a class', new Move(), false, false],
  ['an array', [], false, false],
  ['a function', () => ({ type: 'a' }), false, false],
  ['a Date', new Date(0), false, false],
  ['a text', 'a', false, false],
  ['null', null, false, false],
  ['undefined', undefined, false, false],
];

describe.each(modules)('isAction and isPlainObject of %s', (_name, api) => {
  it.each(things)('tell what %s is', (_what, thing, isAction, isPlain) => {
    expect([api.isAction(thing), api.isPlainObject(thing)]).toEqual([isAction, isPlain]);
  });
});

describe.each(modules)('the module %s', (_name, api) => {
  it('has every export of redux', () => {
    expect(Object.keys(api)).toEqual(expect.arrayContaining(Object.keys(redux)));
  });

  it('shares the private action types with redux, so that either knows the other’s', () => {
    const { INIT, REPLACE, PROBE_UNKNOWN_ACTION } = api.__DO_NOT_USE__ActionTypes;
    expect(INIT).toMatch(/^@@redux\/INIT./);
    expect(REPLACE).toMatch(/^@@redux\/REPLACE./);
    expect(PROBE_UNKNOWN_ACTION()).toMatch(/^@@redux\/PROBE_UNKNOWN_ACTION./);
    expect(PROBE_UNKNOWN_ACTION()).not.toBe(PROBE_UNKNOWN_ACTION());
    expect(INIT).toBe(redux.__DO_NOT_USE__ActionTypes.INIT);
    expect(REPLACE).toBe(redux.__DO_NOT_USE__ActionTypes.REPLACE);
  });
});
