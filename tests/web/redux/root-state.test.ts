// @vitest-environment jsdom
import { instrument, type EnhancedStore } from '@redux-devtools/instrument';
import { configureStore } from '@reduxjs/toolkit';
import { defineSlice, loadEngine } from 'isthmus';
import { inc, payload } from 'isthmus/program';
import { createStore, isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { combineReducers, type Reducer, type StoreEnhancer, type UnknownAction } from 'redux';
import { afterEach, describe, expect, it, vi } from 'vitest';

await loadEngine();

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count', payload())] },
});
const auth = ((state: string | null = null, { type, payload: user }: UnknownAction) =>
  type === 'auth/login' ? user : state) as Reducer;
const count = ((state: number = 0, { type }: UnknownAction) =>
  type === 'count' ? state + 1 : state) as Reducer;

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

function create(reducer: Reducer = combineReducers({ auth })) {
  const store = configureStore({
    reducer,
    devTools: false,
    middleware: (defaults) => defaults().concat(isthmusMiddleware),
    enhancers: (defaults) =>
      defaults({ autoBatch: false })
        .prepend(isthmusEnhancer())
        .concat(instrument() as StoreEnhancer),
  });
  ends.push(() => store.dispose());
  return store as typeof store & EnhancedStore<unknown, UnknownAction, null>;
}

const lift = (store: ReturnType<typeof create>, action: object) =>
  store.liftedStore.dispatch(action as never);

describe('slices under the names of members that every object has', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  it.each(names)('%s has a state of its own', (name) => {
    const store = create();
    store.registerReducer(name, count);
    expect(Object.entries(store.getState() as object)).toEqual([
      ['auth', null],
      [name, 0],
    ]);
    store.dispatch({ type: 'count' });
    expect(store.read([name])).toBe(1);
    store.unregisterReducer(name);
    expect(store.getState()).toEqual({ auth: null });
  });
});

describe('a root state that is no plain object', () => {
  class Held {
    readonly members = 1;
  }
  it.each<[string, unknown]>([
    ['a number', 7],
    ['a string', 'text'],
    ['an array', ['a']],
    ['a Map', new Map()],
    ['an instance', new Held()],
  ])('%s takes in no slice, and stays', (_what, state) => {
    const store = createStore(() => state);
    expect(() => store.registerReducer('count', count)).toThrow(
      expect.objectContaining({
        code: 'store-setup',
        message: expect.stringMatching(/'count'.*plain object/),
      }),
    );
    expect(store.getState()).toBe(state);
    store.dispatch({ type: 'count' });
    expect(store.getState()).toBe(state);
  });

  it('null holds nothing that could be lost', () => {
    const store = createStore(() => null);
    store.registerReducer('count', count);
    store.dispatch({ type: 'count' });
    expect(store.getState()).toEqual({ count: 1 });
  });

  it('one without a prototype takes in slices', () => {
    const store = createStore(() => Object.create(null) as object);
    store.registerReducer('count', count);
    expect(store.getState()).toEqual({ count: 0 });
  });
});

describe('time travel', () => {
  it('to a state of a slice that is gone does not keep it from coming again', () => {
    const store = create();
    store.registerReducer('cart', cart.reducer as Reducer);
    store.dispatch(cart.actions.add(2));
    store.unregisterReducer('cart');
    lift(store, { type: 'JUMP_TO_ACTION', actionId: 2 });
    expect(store.getState()).toEqual({ auth: null, cart: { count: 2 } });
    store.registerReducer('cart', cart.reducer as Reducer);
    lift(store, { type: 'JUMP_TO_STATE', index: 5 });
    expect(store.getState()).toEqual({ auth: null, cart: { count: 0 } });
  });

  it('over a hydration goes on when its slice is gone', () => {
    const store = create();
    store.registerReducer('cart', cart.reducer as Reducer);
    store.hydrate('cart', { count: 3 });
    store.dispatch({ type: 'auth/login', payload: 'Ada' });
    store.unregisterReducer('cart');
    expect(() => lift(store, { type: 'TOGGLE_ACTION', id: 1 })).not.toThrow();
    expect(store.getState()).toEqual({ auth: 'Ada' });
  });

  it('imports the state of a slice that comes later, and gives it to it', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const source = create();
    source.registerReducer('cart', cart.reducer as Reducer);
    source.dispatch(cart.actions.add(4));
    const exported: unknown = JSON.parse(JSON.stringify(source.liftedStore.getState()));
    const target = create();
    lift(target, { type: 'IMPORT_STATE', nextLiftedState: exported, noRecompute: true });
    expect(target.getState()).toEqual({ auth: null, cart: { count: 4 } });
    target.registerReducer('cart', cart.reducer as Reducer);
    expect(target.getState()).toEqual({ auth: null, cart: { count: 4 } });
    vi.restoreAllMocks();
  });

  it('refuses a key that the root reducer keeps, though it is not its own by combination', () => {
    const keeps: Reducer = (state = { user: 'Ada' }) => state;
    const store = create(keeps);
    expect(() => store.registerReducer('user', count)).toThrow(
      expect.objectContaining({ code: 'owner-conflict' }),
    );
    expect(store.getState()).toEqual({ user: 'Ada' });
  });
});

describe('a hydration', () => {
  it('of a slice that is not there reaches no reducer', () => {
    const seen: unknown[] = [];
    const store = create(((state: object = {}, { type }: UnknownAction) => {
      seen.push(type);
      return state;
    }) as Reducer);
    seen.length = 0;
    expect(() => store.hydrate('cart', 1)).toThrow(
      expect.objectContaining({ code: 'slice-missing' }),
    );
    expect(seen).toEqual([]);
  });
});

describe('a root reducer that grows into the key of an injected slice', () => {
  it('is told of it once, and the injected slice stays', () => {
    const told = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const store = create();
    store.registerReducer('count', count);
    store.dispatch({ type: 'count' });
    const other = ((state: string = 'other') => state) as Reducer;
    store.replaceReducer(combineReducers({ auth, count: other }) as never);
    store.dispatch({ type: 'auth/login', payload: 'Ada' });
    expect(store.getState()).toEqual({ auth: 'Ada', count: 1 });
    expect(told.mock.calls).toEqual([[expect.stringMatching(/root reducer.*'count'/)]]);
    vi.restoreAllMocks();
  });
});

describe('a root reducer that forgets its state', () => {
  it('begins anew, while injected slices keep what is theirs', () => {
    const app = combineReducers({ auth, count });
    const store = create(((state: never, action: UnknownAction) =>
      app(action.type === 'logout' ? undefined : state, action as never)) as Reducer);
    store.registerReducer('cart', cart.reducer as Reducer);
    store.dispatch(cart.actions.add(2));
    store.dispatch({ type: 'auth/login', payload: 'Ada' });
    store.dispatch({ type: 'logout' });
    expect(store.getState()).toEqual({ auth: null, count: 0, cart: { count: 2 } });
  });
});
