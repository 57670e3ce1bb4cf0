// @vitest-environment jsdom
import { configureStore } from '@reduxjs/toolkit';
import {
  createIsolatedStore,
  crossApp,
  defineSlice,
  getSharedStore,
  joinSharedStore,
  loadEngine,
} from 'isthmus';
import { inc, payload } from 'isthmus/program';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { createTestHub } from 'isthmus/testing';
import type { Reducer, UnknownAction } from 'redux';
import { afterEach, describe, expect, it, vi } from 'vitest';

await loadEngine(undefined, { whole: true });

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count', payload())] },
  contract: { 'cart/add': { payload: { type: 'number' } } },
});

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** A store whose reducer calls `during` once, when asked to. */
function create(options?: Parameters<typeof isthmusEnhancer>[0]) {
  const calls = { during: (): unknown => undefined };
  const caller = (state: number = 0, { type }: UnknownAction) => {
    if (type === 'call') calls.during();
    return state;
  };
  const store = configureStore({
    reducer: { caller: caller as Reducer },
    middleware: (defaults) => defaults().concat(isthmusMiddleware),
    enhancers: (defaults) => defaults().prepend(isthmusEnhancer(options)),
  });
  ends.push(() => store.dispose());
  return { store, calls };
}

describe('a store that is told to end', () => {
  it('by a reducer refuses, stays the shared one, and can end afterwards', () => {
    const { store, calls } = create({ app: 'host', slices: [cart] });
    calls.during = () => store.dispose();
    expect(() => store.dispatch({ type: 'call' })).toThrow('Reducers may not dispose');
    expect(getSharedStore()).toBe(store);
    expect(store.inspect().slices.map(({ key }) => key)).toContain('cart');
    expect(store.bridge.counters().sent).toBe(0);
    store.dispose();
    expect(store.getState()).toEqual({ caller: 0 });
    expect(() => getSharedStore()).toThrow();
  });

  it('by a reducer refuses, with the engine for its state, too', () => {
    let during = (): unknown => undefined;
    const caller = (state: number = 0, { type }: UnknownAction) => {
      if (type === 'call') during();
      return state;
    };
    const store = createIsolatedStore({ name: 'own', reducers: { caller } });
    during = () => store.dispose();
    expect(() => store.dispatch({ type: 'call' })).toThrow('Reducers may not dispose');
    during = () => undefined;
    expect(store.bridge.counters().sent).toBe(0);
    store.dispose();
    expect(() => store.getState()).toThrow();
  });

  it('twice does not end the one that took its place', () => {
    const { store: first } = create({ app: 'host' });
    first.dispose();
    const { store: second } = create({ app: 'host' });
    first.dispose();
    expect(getSharedStore()).toBe(second);
  });

  it('by a listener still sends what its reducers took', () => {
    const hub = createTestHub();
    const { store } = create({ slices: [cart], bridge: { transport: hub.connect() } });
    const there = createIsolatedStore({
      name: 'there',
      slices: [cart],
      bridge: { transport: hub.connect() },
    });
    ends.push(() => there.dispose());
    store.subscribe(() => store.dispose());
    store.dispatch(crossApp(cart.actions.add(2)));
    hub.flush();
    expect(there.read(['cart', 'count'])).toBe(2);
  });

  it('lets the apps that joined leave afterwards', () => {
    const { store } = create({ app: 'host' });
    const remote = joinSharedStore({ app: 'cart', slices: [cart] });
    store.dispose();
    expect(() => remote.leave()).not.toThrow();
    expect(store.getState()).toEqual({ caller: 0 });
  });

  it('takes in nothing more, not even from who sees it end', () => {
    const { store } = create({ app: 'host', slices: [cart] });
    const remote = joinSharedStore({ app: 'remote' });
    const tenant = { key: 'tenant', reducer: (state: string = 'acme') => state };
    const refusal = expect.objectContaining({
      code: 'disposed',
      message: expect.stringMatching(/'shared' has ended.*'tenant'/),
    }) as Error;
    store.subscribe(() => expect(() => remote.inject(tenant)).toThrow(refusal));
    store.dispose();
    expect(() => remote.inject(tenant)).toThrow(refusal);
    expect(() => remote.inject(cart)).toThrow(expect.objectContaining({ code: 'disposed' }));
    expect(store.getState()).toEqual({ caller: 0 });
  });

  it('although a slice throws at its teardown', () => {
    const { store } = create({ app: 'host' });
    const stubborn = {
      key: 'stubborn',
      reducer: (state: number = 0, { type }: UnknownAction) => {
        if (type === 'stubborn/teardown') throw new Error('never');
        return state;
      },
    };
    joinSharedStore({ app: 'cart', slices: [stubborn, cart] });
    expect(() => store.dispose()).toThrow('never');
    expect(store.getState()).toEqual({ caller: 0 });
    expect(() => getSharedStore()).toThrow();
    store.dispatch({ type: 'more' });
  });
});

describe('an app that leaves', () => {
  it('from within a reducer is refused, and can leave afterwards', () => {
    vi.useFakeTimers();
    const { store, calls } = create({ app: 'host' });
    const remote = joinSharedStore({ app: 'cart', slices: [cart] });
    calls.during = () => remote.leave();
    expect(() => store.dispatch({ type: 'call' })).toThrow('Reducers may not dispose of slices');
    remote.leave();
    vi.runAllTimers();
    vi.useRealTimers();
    expect(store.getState()).toEqual({ caller: 0 });
  });

  it('from within a reducer by the name of a slice, likewise', () => {
    const { store, calls } = create();
    store.registerReducer('tenant', ((state: string = 'acme') => state) as Reducer);
    calls.during = () => store.unregisterReducer('tenant');
    expect(() => store.dispatch({ type: 'call' })).toThrow('Reducers may not dispose of slices');
    store.unregisterReducer('tenant');
    expect(store.getState()).toEqual({ caller: 0 });
  });
});
