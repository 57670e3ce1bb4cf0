import { configureStore } from '@reduxjs/toolkit';
import { createIsolatedStore, defineSlice, loadEngine, plain } from 'isthmus';
import { inc, payload, push, reset, set } from 'isthmus/program';
import { combineReducers, createStore, type Action } from 'redux';
import { describe, expect, it, vi } from 'vitest';

await loadEngine();

const initialState = { lines: [{ sku: 'a' }], total: 0 };
const cart = defineSlice({
  name: 'cart',
  initialState,
  reducers: { add: [push('/lines', payload()), inc('/total')], clear: [reset()] },
});
const { add, clear } = cart.actions;

it('a slice without reducers, as JavaScript may define it, is an error that says so', () => {
  const wrong = { name: 'cart', initialState: 0 } as never;
  expect(() => defineSlice(wrong)).toThrow(
    expect.objectContaining({ code: 'invalid-definition', where: '/reducers' }),
  );
  expect(() => defineSlice(wrong)).toThrow(/'cart': 'reducers' must be an object of reducers/);
});

describe("a native slice's reducer in a store of redux", () => {
  it('begins with the initial state and applies its actions', () => {
    const store = createStore(combineReducers({ cart: cart.reducer }));
    expect(store.getState()).toEqual({ cart: initialState });
    store.dispatch(add({ sku: 'b' }));
    expect(store.getState().cart).toEqual({ lines: [{ sku: 'a' }, { sku: 'b' }], total: 1 });
  });

  it('keeps the reference when nothing changes, and that of unchanged parts', () => {
    const store = createStore(cart.reducer);
    const first = store.getState();
    store.dispatch({ type: 'unknown' });
    store.dispatch(clear());
    expect(store.getState()).toBe(first);
    store.dispatch(add({ sku: 'b' }));
    expect(store.getState()).not.toBe(first);
    expect(store.getState().lines[0]).toBe(first.lines[0]);
  });

  it('takes an old state any number of times', () => {
    const old = cart.reducer(undefined, add({ sku: 'b' }));
    for (const sku of ['c', 'd', 'e']) {
      expect(cart.reducer(old, add({ sku })).lines.at(-1)).toEqual({ sku });
    }
  });

  it('takes a state that a store of this package has left behind', () => {
    const store = createIsolatedStore({ name: 'app', slices: [cart] });
    store.dispatch(add({ sku: 'b' }));
    const old = store.read(['cart']) as typeof initialState;
    store.dispatch(add({ sku: 'c' }));
    expect(cart.reducer(old, add({ sku: 'd' }))).toMatchObject({ total: 2 });
  });

  it('takes preloaded plain data', () => {
    const store = createStore(cart.reducer, { lines: [], total: 5 });
    store.dispatch(add({ sku: 'b' }));
    expect(store.getState()).toEqual({ lines: [{ sku: 'b' }], total: 6 });
  });

  it('throws at the dispatch and leaves the state', () => {
    const store = createStore(cart.reducer, { lines: [], total: 'x' as never });
    expect(() => store.dispatch(add({ sku: 'b' }))).toThrow(/step \/1: inc needs a number/);
    expect(store.getState()).toEqual({ lines: [], total: 'x' });
  });

  it('serves several stores side by side', () => {
    const [a, b] = [createStore(cart.reducer), createStore(cart.reducer)];
    for (const [i, store] of [a, b, b, a, b].entries()) store.dispatch(add({ sku: `${i}` }));
    expect(a.getState().lines.map(({ sku }) => sku)).toEqual(['a', '0', '3']);
    expect(b.getState().lines.map(({ sku }) => sku)).toEqual(['a', '1', '2', '4']);
  });
});

describe("a native slice's reducer in configureStore of RTK", () => {
  it('passes its checks of immutability and serializability', () => {
    const warn = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const store = configureStore({ reducer: { cart: cart.reducer } });
    store.dispatch(add({ sku: 'b' }));
    store.dispatch(clear());
    expect(store.getState()).toEqual({ cart: initialState });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe('time travel', () => {
  type State = typeof initialState;
  /** A reducer that DevTools would wrap around another one: it can go back to any state. */
  function travelling(state: State[] = [], action: Action & { to?: number }): State[] {
    if (action.type === 'jump') return [state[action.to!]!, ...state];
    return [cart.reducer(state[0], action), ...state];
  }

  it('an old view given back is taken in again', () => {
    const store = createStore(travelling);
    for (let i = 0; i < 50; i++) store.dispatch(add({ sku: `${i}` }));
    store.dispatch({ type: 'jump', to: 48 });
    expect(store.getState()[0]!.lines).toHaveLength(3);
    store.dispatch(add({ sku: 'again' }));
    const skus = store.getState()[0]!.lines.map(({ sku }) => sku);
    expect(skus).toEqual(['a', '0', '1', 'again']);
  });

  describe('a state that the engine has let go since the last change', () => {
    const numbers = (from: number) => Array.from({ length: 100 }, (_, i) => from + i);
    const list = defineSlice({
      name: 'list',
      initialState: [] as unknown[],
      reducers: { put: [set('', payload())], push: [push('', payload())] },
    });
    const lists = defineSlice({
      name: 'lists',
      initialState: Object.fromEntries(numbers(0).map((i) => [`k${i}`, numbers(i * 1000)])),
      reducers: {},
    });
    // The engine holds the large arrays that were shown last, and only them.
    const old = () => {
      const state = list.reducer(undefined, list.actions.put(numbers(-1)));
      list.reducer(state, list.actions.put([]));
      return state;
    };
    const manyLists = () =>
      createIsolatedStore({ name: 'lists', slices: [lists] }).read([
        'lists',
      ]) as typeof initialLists;
    const initialLists = lists.getInitialState();

    it('is taken in again', () => {
      const [state, many] = [old(), manyLists()];
      for (let i = 0; i < 20; i++) expect(many[`k${i}`]).toHaveLength(100);
      expect(list.reducer(state, list.actions.push('next'))).toEqual([...numbers(-1), 'next']);
    });

    it('is taken in again when the payload lets it go', () => {
      const [state, many] = [old(), manyLists()];
      expect(list.reducer(state, list.actions.push(many))).toEqual([...numbers(-1), initialLists]);
    });
  });

  it('a plain copy stands for its view', () => {
    const state = cart.reducer(undefined, add({ sku: 'b' }));
    const copy = plain(state);
    expect(cart.reducer(copy, add({ sku: 'c' }))).toEqual(cart.reducer(state, add({ sku: 'c' })));
    expect(cart.reducer(copy, { type: 'unknown' })).toBe(copy);
  });
});

describe('action creators', () => {
  it('make actions of Redux, and know their own', () => {
    expect(add({ sku: 'b' })).toEqual({ type: 'cart/add', payload: { sku: 'b' } });
    expect(clear()).toStrictEqual({ type: 'cart/clear' });
    expect([add.type, String(add)]).toEqual(['cart/add', 'cart/add']);
    expect([add.match(add({ sku: 'b' })), add.match(clear()), add.match(null)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('take the arguments that prepare gives them', () => {
    const todo = defineSlice({
      name: 'todo',
      initialState: [] as unknown[],
      reducers: { add: [push('', payload())] },
      prepare: {
        add: (text: string, done = false) => ({ payload: { text, done }, meta: { by: 'test' } }),
      },
    });
    const action = todo.actions.add('write tests');
    const payloadOf = { text: 'write tests', done: false };
    expect(action).toEqual({ type: 'todo/add', payload: payloadOf, meta: { by: 'test' } });
    expect(todo.reducer(undefined, action)).toEqual([payloadOf]);
  });

  it('the slice tells its initial state', () => {
    expect(cart.getInitialState()).toBe(initialState);
  });
});
