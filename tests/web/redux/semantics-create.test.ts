import * as redux from 'redux';
import type { Reducer, Store, StoreEnhancer } from 'redux';
import { describe, expect, it, vi } from 'vitest';
import { modules, type Redux } from './semantics-makers.js';
import { outcomeOf } from './outcome.js';

const count: Reducer<number> = (state = 0, { type }) => (type === 'up' ? state + 1 : state);
const plain: StoreEnhancer = (next) => next;

const creators = modules.flatMap(([module, api]) =>
  (['createStore', 'legacy_createStore'] as const).map((name) => ({
    title: `${name} of ${module}`,
    create: api[name] as Redux['createStore'],
    model: redux[name] as Redux['createStore'],
  })),
);

type Create = (...args: unknown[]) => Store;

describe.each(creators)('$title', ({ create, model }) => {
  /** The outcome of a call, which must be that of Redux's own function. */
  function sameAsRedux(...args: unknown[]) {
    const outcome = outcomeOf(() => (create as Create)(...args));
    const expected = outcomeOf(() => (model as Create)(...args));
    expect(outcome.error).toBe(expected.error);
    expect(outcome.warnings).toEqual(expected.warnings);
    return outcome;
  }

  it('gives a store with every function of a Redux store', () => {
    const keys = Reflect.ownKeys(redux.createStore(count));
    expect(Reflect.ownKeys(create(count))).toEqual(expect.arrayContaining(keys));
  });

  it('gives functions that need no this', () => {
    const { dispatch, getState, subscribe } = create(count);
    const listener = vi.fn();
    subscribe(listener);
    dispatch({ type: 'up' });
    expect(getState()).toBe(1);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['an object', {}],
    ['a text', 'reducer'],
    ['an array', [count]],
    ['a Date', new Date(0)],
    ['an error', new Error('reducer')],
    ['a Map', new Map()],
  ])('refuses %s as the root reducer', (_what, reducer) => {
    const { error } = sameAsRedux(reducer);
    expect(error).toMatch(/^Error: Expected the root reducer to be a function\. Instead, received/);
  });

  it.each([
    ['null', null],
    ['an object', {}],
    ['an array', []],
    ['false', false],
    ['a text', ''],
  ])('refuses %s as the enhancer', (_what, enhancer) => {
    const { error } = sameAsRedux(count, undefined, enhancer);
    expect(error).toMatch(/^Error: Expected the enhancer to be a function\. Instead, received/);
  });

  it('takes undefined for the enhancer', () => {
    expect(create(count, 4, undefined).getState()).toBe(4);
  });

  it('refuses two enhancers', () => {
    const { error } = sameAsRedux(count, plain, plain);
    expect(error).toMatch(/^Error: It looks like you are passing several store enhancers/);
  });

  // createStore refuses them; legacy_createStore hands three arguments on.
  it('treats enhancers after the third argument as Redux does', () => {
    const several = model === redux.createStore ? /several store enhancers/ : /^$/;
    expect(sameAsRedux(count, undefined, plain, plain).error ?? '').toMatch(several);
    expect(sameAsRedux(count, 7, plain, plain).error ?? '').toMatch(several);
  });

  it('names the reducer first when reducer and enhancer are wrong', () => {
    expect(sameAsRedux(1, undefined, 2).error).toMatch(/root reducer/);
  });

  it.each([
    ['second', (enhancer: StoreEnhancer) => create(count, enhancer), 0],
    ['third', (enhancer: StoreEnhancer) => create(count, 7, enhancer), 7],
  ])('takes the enhancer as its %s argument', (_place, open, initial) => {
    const received: unknown[] = [];
    const enhancer: StoreEnhancer = (next) => (reducer, preloaded) => {
      received.push(reducer(4 as never, { type: 'up' } as never), preloaded);
      return Object.assign(next(reducer, preloaded), { added: true });
    };
    const store = open(enhancer);
    expect(received).toEqual([5, initial === 0 ? undefined : 7]);
    expect(store).toHaveProperty('added', true);
    expect(store.getState()).toBe(initial);
  });

  it('gives the members of whatever store the enhancer returns', () => {
    const dispatch = () => 'own';
    const own: StoreEnhancer = (next) => (reducer) => ({ ...next(reducer), dispatch }) as never;
    expect(create(count, own).dispatch).toBe(dispatch);
  });

  it('lets the enhancer replace reducer and preloaded state', () => {
    const doubled: Reducer<number> = (state = 0, action) => count(count(state, action), action);
    const store = create(count, 1, ((next: Create) => () => next(doubled, 10)) as never);
    store.dispatch({ type: 'up' });
    expect(store.getState()).toBe(12);
  });

  it('applies composed enhancers from right to left', () => {
    const order: string[] = [];
    const named = (name: string) =>
      ((next: Create) =>
        (...args: unknown[]) => {
          order.push(name);
          return next(...args);
        }) as unknown as StoreEnhancer;
    create(count, redux.compose(named('outer'), named('inner')) as StoreEnhancer);
    expect(order).toEqual(['outer', 'inner']);
  });
});
