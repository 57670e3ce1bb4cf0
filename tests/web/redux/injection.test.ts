// @vitest-environment jsdom
import { defineSlice, getSharedStore, joinSharedStore, loadEngine } from 'isthmus';
import { inc, payload } from 'isthmus/program';
import {
  applyMiddleware,
  combineReducers,
  compose,
  createStore,
  isthmusEnhancer,
  isthmusMiddleware,
} from 'isthmus/redux';
import type { Middleware, Reducer, StoreEnhancer, UnknownAction } from 'redux';
import { afterEach, expect, it, vi } from 'vitest';

await loadEngine();

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count', payload())] },
});
const auth = ((state: string | null = null, { type, payload: user }: UnknownAction) =>
  type === 'auth/login' ? user : state) as Reducer;

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

function createPageStore(reducer: Reducer = combineReducers({ auth }) as Reducer) {
  const enhancer = compose(isthmusEnhancer({ app: 'host' }), applyMiddleware(isthmusMiddleware));
  const store = createStore(reducer, enhancer as StoreEnhancer<{ dispose(): void }>);
  ends.push(() => store.dispose());
  return store;
}

it('middleware whose making joins another app loses none of its middleware', () => {
  const store = createPageStore();
  const seen: string[] = [];
  const log =
    (name: string): Middleware =>
    () =>
    (next) =>
    (action) => {
      seen.push(name);
      return next(action);
    };
  const outer: Middleware = (api) => {
    joinSharedStore({ app: 'inner', middleware: [log('inner')] });
    return log('outer')(api);
  };
  joinSharedStore({ app: 'outer', middleware: [outer] });
  store.dispatch({ type: 'x' });
  expect(seen).toEqual(['inner', 'outer']);
});

it('a root reducer that restores its state, as redux-persist does, knows nothing of injected slices', () => {
  const complaint = vi.spyOn(console, 'error');
  const base = combineReducers({ auth }) as Reducer<object | undefined>;
  const persisted = ((state: { _persist?: boolean } = {}, action: UnknownAction) => {
    const { _persist = false, ...rest } = state;
    if (action.type === 'persist/REHYDRATE')
      return { ...(action['payload'] as object), _persist: true };
    const next = base(rest, action);
    return next === rest ? state : { ...next, _persist };
  }) as Reducer;
  const store = createPageStore(persisted);
  joinSharedStore({ app: 'cart', slices: [cart] });
  store.dispatch(cart.actions.add(1));
  store.dispatch({ type: 'persist/REHYDRATE', payload: { auth: 'Ada' } });
  store.dispatch(cart.actions.add(1));
  expect(store.getState()).toEqual({ auth: 'Ada', _persist: true, cart: { count: 2 } });
  expect(complaint).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

it('a slice changes between native and JS and keeps its state', () => {
  const store = createPageStore();
  const remote = joinSharedStore({ app: 'remote', slices: [cart] });
  const js = {
    key: 'cart',
    reducer: (state: { count: number } = { count: 10 }, { type }: UnknownAction) =>
      type === 'js' ? { count: state.count + 1 } : state,
  };
  store.dispatch(cart.actions.add(1));
  remote.inject(js);
  store.dispatch({ type: 'js' });
  expect(store.read(['cart'])).toEqual({ count: 2 });
  remote.inject(cart);
  store.dispatch(cart.actions.add(1));
  expect(store.read(['cart'])).toEqual({ count: 3 });
});

it('a watcher that sees a slice come injects another', () => {
  const store = createPageStore();
  const remote = joinSharedStore({ app: 'remote' });
  const second = { key: 'second', reducer: (state: number = 1) => state };
  const stop = store.watch(['cart'], () => {
    stop();
    remote.inject(second);
  });
  const told = vi.fn();
  store.watch(['second'], told);
  remote.inject(cart).dispose({ now: true });
  expect(told).toHaveBeenCalledTimes(1);
  expect(getSharedStore().getState()).toEqual({ auth: null, second: 1 });
});
