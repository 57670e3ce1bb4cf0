import {
  createIsolatedStore,
  defineSlice,
  joinSharedStore,
  loadEngine,
  type Middleware,
} from 'isthmus';
import { inc } from 'isthmus/program';
import type { Action } from 'redux';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// One page for all tests of this file: its document makes memberships share a store.
vi.stubGlobal('document', {});
await loadEngine();

const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
beforeEach(() => {
  warn.mockClear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

let stores = 0;
const freshName = () => `store-${++stores}`;
const cart = defineSlice({ name: 'cart', initialState: 0, reducers: { add: [inc('')] } });

describe('middleware', () => {
  const tagging =
    (tag: string, order: string[]): Middleware =>
    () =>
    (next) =>
    (action) => {
      order.push(tag);
      return next(action);
    };

  it('runs in the order of joining, and only that of present members', () => {
    const name = freshName();
    const order: string[] = [];
    const first = joinSharedStore({ app: 'a', name, middleware: [tagging('a', order)] });
    joinSharedStore({ app: 'b', name, middleware: [tagging('b1', order), tagging('b2', order)] });
    first.store.dispatch({ type: 'x' });
    first.leave();
    first.store.dispatch({ type: 'x' });
    expect(order).toEqual(['a', 'b1', 'b2', 'b1', 'b2']);
  });

  it('may dispatch, read the state, hold actions back and take what is no action', () => {
    const thunk: Middleware = (api) => (next) => (action) =>
      typeof action === 'function' ? action(api) : next(action);
    const store = createIsolatedStore({ name: 'thunks', slices: [cart], middleware: [thunk] });
    const result = store.dispatch(((api: { getState(): unknown }) => {
      store.dispatch(cart.actions.add());
      return api.getState();
    }) as never);
    expect(result).toEqual({ cart: 1 });
  });

  it('that an app brings later sees the next action', () => {
    const name = freshName();
    const order: string[] = [];
    const { store } = joinSharedStore({ app: 'a', name });
    const { dispatch } = store;
    dispatch({ type: 'x' });
    joinSharedStore({ app: 'b', name, middleware: [tagging('b', order)] });
    dispatch({ type: 'x' });
    expect(order).toEqual(['b']);
  });

  it('that two apps share goes with each of them alone', () => {
    const name = freshName();
    const seen: unknown[] = [];
    const link: ReturnType<Middleware> = (next) => (action) => (seen.push(action), next(action));
    const middleware: Middleware[] = [() => link];
    const [a, b] = ['a', 'b'].map((app) => joinSharedStore({ app, name, middleware }));
    a!.leave();
    b!.store.dispatch({ type: 'x' });
    expect(seen).toEqual([{ type: 'x' }]);
  });

  it('that two apps share runs once', () => {
    const name = freshName();
    const seen: unknown[] = [];
    const middleware: Middleware[] = [
      () => (next) => (action) => (seen.push(action), next(action)),
    ];
    const [, b] = ['a', 'b'].map((app) => joinSharedStore({ app, name, middleware }));
    b!.store.dispatch({ type: 'x' });
    expect(seen).toEqual([{ type: 'x' }]);
  });

  it('is made once, and keeps its own state while others come and go', () => {
    const name = freshName();
    const passing: Middleware = () => (next) => (action) => next(action);
    const counting: Middleware = () => (next) => {
      let count = 0;
      return (action) => next({ ...(action as Action), count: ++count });
    };
    const { store } = joinSharedStore({ app: 'a', name, middleware: [counting] });
    const dispatch = () => store.dispatch({ type: 'x' });
    dispatch();
    const { leave } = joinSharedStore({ app: 'b', name, middleware: [passing] });
    dispatch();
    leave();
    expect(dispatch()).toEqual({ type: 'x', count: 3 });
  });

  it('hears the end of its own slices', () => {
    const name = freshName();
    const seen: string[] = [];
    const spy: Middleware = () => (next) => (action) => {
      seen.push((action as Action).type);
      return next(action);
    };
    const teardown = { type: 'cart/closed' };
    const slice = { key: 'cart', reducer: () => 1, teardown };
    joinSharedStore({ app: 'a', name, slices: [slice], middleware: [spy] }).leave();
    vi.runAllTimers();
    expect(seen).toEqual(['cart/teardown', 'cart/closed']);
  });

  it('hears the end of a slice that is kept for a while, and goes then', () => {
    const name = freshName();
    const seen: string[] = [];
    const spy: Middleware = () => (next) => (action) => {
      seen.push((action as Action).type);
      return next(action);
    };
    const slice = { key: 'cart', reducer: () => 1, teardown: { type: 'cart/closed' } };
    const { store } = joinSharedStore({ app: 'host', name });
    const app = joinSharedStore({ app: 'a', name, middleware: [spy] });
    app.inject({ ...slice, teardown: undefined }, { keepFor: 1000 }).replace(slice);
    app.leave();
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual(['cart/teardown', 'cart/closed']);
    expect(store.inspect().middleware).toBe(0);
  });

  it('goes when another membership holds the kept slice, however often', () => {
    const name = freshName();
    const spy: Middleware = () => (next) => (action) => next(action);
    const slice = { key: 'cart', reducer: () => 1, teardown: { type: 'cart/closed' } };
    const { store } = joinSharedStore({ app: 'host', name });
    for (let cycle = 0; cycle < 3; cycle++) {
      const app = joinSharedStore({ app: 'a', name, middleware: [spy] });
      app.inject(slice, { keepFor: 'page' });
      app.leave();
    }
    joinSharedStore({ app: 'a', name }).inject(slice);
    expect(store.inspect().middleware).toBe(0);
  });

  it('that cannot begin leaves no member behind, whose contracts would stay', () => {
    const name = freshName();
    const failing: Middleware = () => {
      throw new Error('cannot begin');
    };
    expect(() => joinSharedStore({ app: 'a', name, middleware: [failing] })).toThrow(
      'cannot begin',
    );
    joinSharedStore({ app: 'a', name, contract: { 'a/b': { schemaVersion: 1 } } }).leave();
    const other = { 'a/b': { schemaVersion: 2 } };
    expect(() => joinSharedStore({ app: 'b', name, contract: other })).not.toThrow();
  });
});
