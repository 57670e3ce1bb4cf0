// @vitest-environment jsdom
import { configureStore } from '@reduxjs/toolkit';
import {
  createIsolatedStore,
  crossApp,
  defineSlice,
  getSharedStore,
  isBridged,
  joinSharedStore,
  loadEngine,
  type Membership,
} from 'isthmus';
import { inc, payload, set } from 'isthmus/program';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { createTestHub } from 'isthmus/testing';
import type { Middleware, Reducer, UnknownAction } from 'redux';
import { afterEach, describe, expect, it, vi } from 'vitest';

await loadEngine(undefined, { whole: true });

type Enhancer = typeof isthmusEnhancer;

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count', payload())], fill: [set('/count', payload())] },
  contract: {
    'cart/add': { payload: { type: 'number' } },
    'cart/fill': { payload: { type: 'number' } },
  },
});
const auth = (state: string | null = null, { type, payload }: UnknownAction) =>
  type === 'auth/login' ? (payload as string) : state;

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

function create(
  options?: Parameters<Enhancer>[0],
  reducer: Record<string, Reducer> = { auth: auth as Reducer },
) {
  const store = configureStore({
    reducer,
    middleware: (defaults) => defaults().concat(isthmusMiddleware),
    enhancers: (defaults) => defaults().prepend(isthmusEnhancer(options)),
  });
  ends.push(() => store.dispose());
  return store;
}

function join(
  app: string,
  options: Partial<Parameters<typeof joinSharedStore>[0]> = {},
): Membership {
  const membership = joinSharedStore({ app, ...options });
  ends.unshift(() => membership.leave());
  return membership;
}

describe('the place of the enhancer and the middleware', () => {
  const reducer = { auth: auth as Reducer };
  const wrong = {
    'an enhancer that is not the outermost': () =>
      configureStore({
        reducer,
        middleware: (defaults) => defaults().concat(isthmusMiddleware),
        enhancers: (defaults) => defaults().concat(isthmusEnhancer()),
      }),
    'a missing middleware': () =>
      configureStore({
        reducer,
        enhancers: (defaults) => defaults().prepend(isthmusEnhancer()),
      }),
    'a missing enhancer': () =>
      configureStore({
        reducer,
        middleware: (defaults) => defaults().concat(isthmusMiddleware),
      }),
    'a middleware that is not the last': () =>
      configureStore({
        reducer,
        middleware: (defaults) => defaults().prepend(isthmusMiddleware),
        enhancers: (defaults) => defaults().prepend(isthmusEnhancer()),
      }),
  };
  it.each(Object.entries(wrong))('%s is an error that shows what works', (_what, setUp) => {
    expect(setUp).toThrow(
      expect.objectContaining({
        code: 'store-setup',
        message: expect.stringMatching(/concat\(isthmusMiddleware\).*prepend\(isthmusEnhancer/s),
      }),
    );
  });

  it('a store that failed leaves nothing that the next one stumbles over', () => {
    expect(wrong['a missing middleware']).toThrow();
    expect(wrong['a missing enhancer']).toThrow(expect.objectContaining({ code: 'store-setup' }));
    expect(create().getState()).toEqual({ auth: null });
  });

  it('refuses what is no reducer with the words of Redux', () => {
    expect(() => create(undefined, 7 as never)).toThrow(/must be a function or an object/);
  });
});

describe('the store', () => {
  it('is an ordinary Redux store that can read and watch', () => {
    const store = create();
    const listener = vi.fn();
    store.watch(['auth'], listener);
    store.dispatch({ type: 'auth/login', payload: 'Ada' });
    store.dispatch({ type: 'unknown' });
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.read(['auth'])).toBe('Ada');
    expect(store.read([])).toBe(store.getState());
    expect(store.status('auth')).toBe('ready');
    expect(store.status('cart')).toBe('absent');
  });

  it('takes thunks, and hands on what they return', async () => {
    const store = create();
    const result = store.dispatch(((dispatch: (action: UnknownAction) => unknown) => {
      dispatch({ type: 'auth/login', payload: 'Ada' });
      return Promise.resolve(7);
    }) as never);
    expect(await result).toBe(7);
    expect(store.getState()).toEqual({ auth: 'Ada' });
  });

  it('shows what it holds, its root reducer included', () => {
    const store = create({ slices: [cart] });
    store.subscribe(() => undefined);
    store.watch(['cart'], () => undefined);
    expect(store.inspect()).toMatchObject({
      name: 'redux',
      slices: [
        { key: 'auth', owner: 'redux', kind: 'js', leases: 0, status: 'ready' },
        { key: 'cart', owner: 'redux', kind: 'native', leases: 1, status: 'ready' },
      ],
      watchers: 1,
      listeners: 1,
    });
  });

  it('counts a listener until it has unsubscribed, however often it does', () => {
    const store = create();
    const stop = store.subscribe(() => undefined);
    stop();
    stop();
    expect(store.inspect().listeners).toBe(0);
  });

  it('replaces the root reducer and keeps injected slices', () => {
    const store = create({ slices: [cart] });
    store.dispatch(cart.actions.add(2));
    store.replaceReducer(((state: { tenant?: string } = {}) => ({
      tenant: state.tenant ?? 'acme',
    })) as never);
    expect(store.getState()).toEqual({ tenant: 'acme', cart: { count: 2 } });
    expect(() => store.replaceReducer(undefined as never)).toThrow(/nextReducer to be a function/);
  });

  it('hydrates slices of either origin', () => {
    const store = create({ slices: [cart] });
    store.hydrate('cart', { count: 3 });
    store.hydrate('auth', 'Ada');
    expect(store.getState()).toEqual({ auth: 'Ada', cart: { count: 3 } });
    expect(() => store.hydrate('other', 1)).toThrow(
      expect.objectContaining({ code: 'slice-missing' }),
    );
  });

  it('tells every watcher although one throws, and the listeners, too', async () => {
    const store = create();
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const calls: string[] = [];
    const error = new Error('a watcher');
    store.watch(['auth'], () => {
      throw error;
    });
    store.watch(['auth'], () => calls.push('watcher'));
    store.subscribe(() => calls.push('listener'));
    store.dispatch({ type: 'auth/login', payload: 'Ada' });
    expect(calls).toEqual(['watcher', 'listener']);
    await Promise.resolve();
    expect(reported.mock.calls).toEqual([[error]]);
    vi.unstubAllGlobals();
  });

  it('does not know injected slices after their end', () => {
    const store = create();
    store.registerReducer('tenant', ((state: string = 'acme') => state) as Reducer);
    expect(store.getState()).toEqual({ auth: null, tenant: 'acme' });
    store.unregisterReducer('tenant');
    expect(store.getState()).toEqual({ auth: null });
    expect(store.getState()).toBe(store.getState());
  });
});

describe("the page's shared store", () => {
  it('is the very store that configureStore returned', () => {
    const store = create({ app: 'host' });
    expect(getSharedStore()).toBe(store);
    expect(join('cart').store).toBe(store);
  });

  it('is made once', () => {
    create({ app: 'host' });
    expect(() => create({ app: 'other' })).toThrow(
      expect.objectContaining({
        code: 'store-exists',
        message: expect.stringContaining("'other'"),
      }),
    );
    expect(() => create({ app: 'other', name: 'second' })).not.toThrow();
  });

  it('ends with dispose, and makes room for another', () => {
    const first = create({ app: 'host' });
    first.dispose();
    first.dispose();
    expect(() => getSharedStore()).toThrow(expect.objectContaining({ code: 'no-store' }));
    expect(create({ app: 'host' })).toBe(getSharedStore());
  });

  it('takes in the slices of a remote at once, and lets them go', () => {
    const store = create({ app: 'host' });
    const seen: unknown[] = [];
    store.subscribe(() => seen.push(store.getState()));
    const remote = join('cart', { slices: [cart] });
    expect(seen).toEqual([{ auth: null, cart: { count: 0 } }]);
    store.dispatch(cart.actions.add(2));
    expect(store.read(['cart', 'count'])).toBe(2);
    vi.useFakeTimers();
    remote.leave();
    vi.runAllTimers();
    vi.useRealTimers();
    expect(store.getState()).toEqual({ auth: null });
  });

  it('gives a remote slice the state that waited for it', () => {
    create({ app: 'host', preloadedState: { cart: { count: 7 } } });
    expect(join('cart', { slices: [cart] }).store.read(['cart', 'count'])).toBe(7);
  });

  it('refuses a slice under a key of the root reducer', () => {
    const store = create({ app: 'host' });
    const slice = { key: 'auth', reducer: (state: number = 0) => state };
    expect(() => join('cart', { slices: [slice] })).toThrow(
      expect.objectContaining({
        code: 'owner-conflict',
        message: expect.stringContaining("'auth'"),
      }),
    );
    expect(store.getState()).toEqual({ auth: null });
  });

  it('is as before when the reducer of an injected slice throws at its first call', () => {
    const store = create({ app: 'host' });
    const broken = {
      key: 'broken',
      reducer: (): number => {
        throw new Error('boom');
      },
    };
    expect(() => join('cart', { slices: [broken] })).toThrow('boom');
    expect(store.getState()).toEqual({ auth: null });
    store.dispatch({ type: 'auth/login', payload: 'Ada' });
    expect(store.getState()).toEqual({ auth: 'Ada' });
  });

  it('refuses to be injected into by a reducer', () => {
    let inject = (): unknown => undefined;
    const caller = (state: number = 0, { type }: UnknownAction) => {
      if (type === 'call') inject();
      return state;
    };
    const store = create({ app: 'host' }, { caller: caller as Reducer });
    const remote = join('cart');
    inject = () => remote.inject(cart);
    expect(() => store.dispatch({ type: 'call' })).toThrow('Reducers may not inject slices.');
    inject = () => undefined;
    expect(remote.inject(cart).key).toBe('cart');
  });

  it('runs the middleware of remotes after its own, with the outermost dispatch', () => {
    const store = create({ app: 'host' });
    const seen: unknown[] = [];
    const middleware: Middleware = (api) => (next) => (action) => {
      seen.push((action as UnknownAction).type);
      if ((action as UnknownAction).type === 'greet')
        api.dispatch(((dispatch: (action: UnknownAction) => void) =>
          dispatch({ type: 'auth/login', payload: 'Ada' })) as never);
      return next(action);
    };
    const remote = join('cart', { middleware: [middleware] });
    store.dispatch({ type: 'greet' });
    expect(seen).toEqual(['greet', 'auth/login']);
    expect(store.getState()).toEqual({ auth: 'Ada' });
    remote.leave();
    store.dispatch({ type: 'greet' });
    expect(seen).toHaveLength(2);
  });
});

describe('the bridge of the store', () => {
  const log =
    (seen: unknown[]): Middleware =>
    () =>
    (next) =>
    (action) => {
      seen.push([(action as UnknownAction).type, isBridged(action)]);
      return next(action);
    };

  function twoTabs() {
    const hub = createTestHub();
    const here = create({ slices: [cart], bridge: { transport: hub.connect() } });
    const seen: unknown[] = [];
    const there = createIsolatedStore({
      name: 'there',
      slices: [cart],
      middleware: [log(seen)],
      bridge: { transport: hub.connect() },
    });
    ends.push(() => there.dispose());
    return { hub, here, there, seen };
  }

  it('carries marked actions out and in', () => {
    const { hub, here, there, seen } = twoTabs();
    here.dispatch(crossApp(cart.actions.add(2)));
    hub.flush();
    expect(there.read(['cart', 'count'])).toBe(2);
    there.dispatch(crossApp(cart.actions.add(3)));
    hub.flush();
    expect(here.read(['cart', 'count'])).toBe(5);
    expect(seen).toContainEqual(['cart/add', true]);
    expect(here.bridge.counters()).toMatchObject({ sent: 1, accepted: 1 });
  });

  it('sends nothing when a reducer refused the action', () => {
    const { hub, here, there } = twoTabs();
    here.registerReducer('strict', ((state: number = 0, { type }: UnknownAction) => {
      if (type === 'cart/add') throw new Error('no');
      return state;
    }) as Reducer);
    expect(() => here.dispatch(crossApp(cart.actions.add(2)))).toThrow('no');
    expect(hub.flush()).toBe(0);
    expect(here.read(['cart', 'count'])).toBe(0);
    expect(there.read(['cart', 'count'])).toBe(0);
  });

  it('sends what the reducers took although a listener threw', () => {
    const { hub, here, there } = twoTabs();
    const stop = here.subscribe(() => {
      stop();
      throw new Error('a listener');
    });
    expect(() => here.dispatch(crossApp(cart.actions.add(2)))).toThrow('a listener');
    hub.flush();
    expect(there.read(['cart', 'count'])).toBe(2);
  });

  it('keeps the order when a listener dispatches', () => {
    const { hub, here, there } = twoTabs();
    const counts: unknown[] = [];
    there.watch(['cart', 'count'], () => counts.push(there.read(['cart', 'count'])));
    const stop = here.subscribe(() => {
      stop();
      here.dispatch(crossApp(cart.actions.fill(7)));
    });
    here.dispatch(crossApp(cart.actions.add(2)));
    hub.flush();
    expect(counts).toEqual([2, 7]);
  });
});
