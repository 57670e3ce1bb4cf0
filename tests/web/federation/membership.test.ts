import { createSlice } from '@reduxjs/toolkit';
import {
  defineSlice,
  describeContracts,
  IsthmusError,
  joinSharedStore,
  loadEngine,
  type Middleware,
} from 'isthmus';
import { inc, reset } from 'isthmus/program';
import type { Action } from 'redux';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// One page for all tests of this file: its document makes memberships share a store.
vi.stubGlobal('document', {});
await loadEngine();

const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
const warnings = () => warn.mock.calls.map(([text]) => String(text));
beforeEach(() => {
  warn.mockClear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

let stores = 0;
const freshName = () => `store-${++stores}`;
const cart = defineSlice({ name: 'cart', initialState: 0, reducers: { add: [inc('')] } });
const theme = { key: 'theme', reducer: (state = 'light') => state };

describe('members of one store', () => {
  it('have the very same store, and each what it brought', () => {
    const name = freshName();
    const host = joinSharedStore({ app: 'host', name, slices: [cart] });
    const remote = joinSharedStore({ app: 'remote', name, slices: [theme] });
    expect(remote.store).toBe(host.store);
    expect([host.app, remote.app, host.store.name]).toEqual(['host', 'remote', name]);
    expect(host.store.inspect().slices.map(({ key, owner }) => [key, owner])).toEqual([
      ['cart', 'host'],
      ['theme', 'remote'],
    ]);
  });

  it('cannot take a key that belongs to another one, and both are named', () => {
    const name = freshName();
    const { store } = joinSharedStore({ app: 'host', name, slices: [cart] });
    const other = { key: 'cart', reducer: () => 1 };
    const join = () => joinSharedStore({ app: 'remote', name, slices: [theme, other] });
    expect(join).toThrow(IsthmusError);
    expect(join).toThrow(expect.objectContaining({ code: 'owner-conflict' }));
    expect(join).toThrow(/'cart' belongs to 'host'; 'remote' cannot/);
    vi.runAllTimers();
    expect(store.inspect().slices.map(({ key }) => key)).toEqual(['cart']);
  });

  it('hold an RTK Query api together, and the last one ends it', () => {
    const name = freshName();
    const util = { resetApiState: () => ({ type: 'api/reset' }) };
    const api = { reducerPath: 'api', reducer: () => 1, util };
    const [host, remote] = ['host', 'remote'].map((app) =>
      joinSharedStore({ app, name, slices: [api] }),
    );
    const slices = () => host!.store.inspect().slices;
    expect(slices()).toMatchObject([{ owner: 'host', leases: 2 }]);
    host!.leave();
    vi.runAllTimers();
    expect(slices()).toMatchObject([{ owner: 'remote', leases: 1 }]);
    expect(() =>
      joinSharedStore({ app: 'host', name, slices: [{ ...api, reducer: () => 2 }] }),
    ).toThrow(/'api' belongs to 'remote'; 'host' cannot/);
    remote!.leave();
    vi.runAllTimers();
    expect(slices()).toEqual([]);
  });

  it('take a slice of Redux Toolkit as it is', () => {
    const toolkit = createSlice({
      name: 'toolkit',
      reducerPath: 'path',
      initialState: 1,
      reducers: {},
    });
    const { store, inject } = joinSharedStore({ app: 'a', name: freshName(), slices: [toolkit] });
    inject(toolkit);
    expect(store.getState()).toEqual({ path: 1 });
    expect(store.inspect().slices).toMatchObject([{ key: 'path', kind: 'js', leases: 2 }]);
  });

  it('a key that is kept for its owner still belongs to it', () => {
    const name = freshName();
    const host = joinSharedStore({ app: 'host', name });
    host.inject(cart, { keepFor: 'page' }).dispose();
    const remote = joinSharedStore({ app: 'remote', name });
    expect(() => remote.inject(cart)).toThrow(/belongs to 'host'/);
  });

  it('see the same preloaded state; the first one gives it', () => {
    const name = freshName();
    const preloadedState = { cart: 5, theme: 'dark' };
    const host = joinSharedStore({ app: 'host', name, preloadedState });
    joinSharedStore({ app: 'late', name, preloadedState: { cart: 9 } });
    expect(warnings()).toEqual([expect.stringMatching(/state of 'late' \(cart\) is not used/)]);
    expect(host.store.getState()).toEqual({});
    host.inject(cart);
    host.inject(theme);
    expect(host.store.getState()).toEqual({ cart: 5, theme: 'dark' });
  });
});

describe('an action type', () => {
  const toolkitCart = createSlice({
    name: 'cart',
    reducerPath: 'legacyCart',
    initialState: 0,
    reducers: { add: (state) => state + 1 },
  });
  const plainCart = {
    key: 'plainCart',
    reducer: toolkitCart.reducer,
    actions: toolkitCart.actions,
  };

  it.each([
    ['of Redux Toolkit', toolkitCart, 'legacyCart'],
    ['that tells its actions', plainCart, 'plainCart'],
  ])('cannot be defined by a slice %s of another app, and both are named', (_what, slice, key) => {
    const name = freshName();
    const host = joinSharedStore({ app: 'host', name, slices: [cart] });
    const remote = joinSharedStore({ app: 'remote', name });
    const inject = () => remote.inject(slice);
    expect(inject).toThrow(expect.objectContaining({ code: 'owner-conflict' }));
    expect(inject).toThrow(
      `'cart/add' is defined by the slice 'cart' of 'host'; the slice '${key}' of 'remote' cannot define it`,
    );
    expect(host.store.inspect().slices.map(({ key }) => key)).toEqual(['cart']);
    host.inject(slice); // an app may use a reducer twice
    host.leave();
    vi.runAllTimers();
    inject();
  });

  it('cannot be taken by a replacement, which then changes nothing', () => {
    const name = freshName();
    const { store } = joinSharedStore({ app: 'host', name, slices: [cart] });
    const { inject } = joinSharedStore({ app: 'remote', name });
    const lease = inject({ key: 'plainCart', reducer: (state = 5) => state });
    expect(() => lease.replace(plainCart)).toThrow(/'cart\/add' is defined by the slice 'cart'/);
    store.dispatch(cart.actions.add());
    expect(store.read(['plainCart'])).toBe(5);
  });

  it('of another slice may be handled by any', () => {
    const name = freshName();
    joinSharedStore({ app: 'host', name, slices: [cart] });
    const on = { 'cart/add': [inc('')] };
    const seen = defineSlice({ name: 'seen', initialState: 0, reducers: {}, on });
    const { store } = joinSharedStore({ app: 'remote', name, slices: [seen] });
    store.dispatch(cart.actions.add());
    expect(store.getState()).toEqual({ cart: 1, seen: 1 });
  });
});

describe('the contracts of a refused injection', () => {
  const contract = { 'cart/add': { schemaVersion: 1 }, 'cart/clear': {} };
  const withContract = (name: string) =>
    defineSlice({
      name,
      initialState: 0,
      reducers: { add: [inc('')], clear: [reset()] },
      contract,
    });

  it('do not stay, and those the app had before do', () => {
    const name = freshName();
    const host = joinSharedStore({
      app: 'host',
      name,
      slices: [{ key: 'cart', reducer: () => 1 }],
    });
    const own = { 'cart/clear': { schemaVersion: 7 }, 'own/own': {} };
    const remote = joinSharedStore({ app: 'remote', name, contract: own });
    expect(() => remote.inject(withContract('cart'))).toThrow(/belongs to 'host'/);
    const found = describeContracts().filter(({ store }) => store === name);
    expect(found.map(({ type, owners, contract }) => [type, owners, contract])).toEqual([
      ['cart/clear', ['remote'], { schemaVersion: 7 }],
      ['own/own', ['remote'], {}],
    ]);
    expect(host.store.inspect().leases).toBe(1);
  });

  it('are what a replacement finds, if it is refused, and are replaced if not', () => {
    const name = freshName();
    const version = (schemaVersion: number, key = 'cart') =>
      defineSlice({
        name: key,
        initialState: 0,
        reducers: {},
        on: { 'cart/add': [inc('')] },
        contract: { 'cart/add': { schemaVersion } },
      });
    const lease = joinSharedStore({ app: 'a', name }).inject(version(1));
    const versions = () =>
      describeContracts()
        .filter(({ store }) => store === name)
        .map(({ contract }) => contract.schemaVersion);
    expect(() => lease.replace(version(2, 'other'))).toThrow(/cannot take the slice 'other'/);
    expect(versions()).toEqual([1]);
    lease.replace(version(2));
    expect(versions()).toEqual([2]);
  });

  it("are all or none, when one of them is another app's", () => {
    const name = freshName();
    joinSharedStore({ app: 'host', name, contract: { 'cart/clear': { schemaVersion: 2 } } });
    const remote = joinSharedStore({ app: 'remote', name });
    expect(() => remote.inject(withContract('cart'))).toThrow(
      /'cart\/clear' is defined by 'host' in another way than 'remote'/,
    );
    expect(remote.store.inspect().owners).toMatchObject([{}, { owner: 'remote', contracts: [] }]);
  });
});

describe('inspect', () => {
  it('lists what each owner holds, and what it has left behind', () => {
    const name = freshName();
    const middleware: Middleware[] = [() => (next) => (action) => next(action)];
    const teardown = { type: 'api/reset' };
    const api = { key: 'api', reducer: () => 1, teardown };
    const host = joinSharedStore({ app: 'host', name });
    const remote = joinSharedStore({ app: 'remote', name, slices: [cart], middleware });
    remote.inject(api, { keepFor: 1000 });
    remote.expect('late', { 'late/add': {} });
    const owners = () => host.store.inspect().owners;
    const nothing = { slices: [], leases: 0, middleware: 0, contracts: [], expected: [] };
    const hosts = { owner: 'host', memberships: 1, ...nothing };
    const remotes = { owner: 'remote', memberships: 1, leases: 2, middleware: 1 };
    const told = { slices: ['cart', 'api'], contracts: ['late/add'], expected: ['late'] };
    expect(owners()).toEqual([hosts, { ...remotes, ...told }]);
    remote.leave();
    vi.advanceTimersByTime(999);
    const left = { owner: 'remote', memberships: 0, ...nothing, slices: ['api'], middleware: 1 };
    expect(owners()).toEqual([hosts, left]);
    vi.advanceTimersByTime(1);
    expect(owners()).toEqual([hosts]);
  });
});

describe('preloaded state', () => {
  it('waits for its slice, and is used once', () => {
    const { store, inject } = joinSharedStore({
      app: 'a',
      name: freshName(),
      preloadedState: { cart: 5 },
    });
    inject(cart).dispose({ now: true });
    inject(cart);
    expect(store.read(['cart'])).toBe(0);
  });

  it('that is no data is an error, and the slice is absent', () => {
    const preloadedState = { cart: { at: new Map() } };
    const { store, inject } = joinSharedStore({ app: 'a', name: freshName(), preloadedState });
    expect(() => inject(cart)).toThrow(/a Map is not plain data \(at \/at\)/);
    expect(store.getState()).toEqual({});
  });
});

describe('leave', () => {
  it('gives back every lease, and takes the middleware out', () => {
    const name = freshName();
    const passing: Middleware = () => (next) => (action) => next(action);
    const host = joinSharedStore({ app: 'host', name });
    const before = host.store.inspect();
    const remote = joinSharedStore({ app: 'remote', name, slices: [cart], middleware: [passing] });
    remote.inject(theme);
    expect(host.store.inspect()).toMatchObject({ leases: 2, middleware: 1 });
    remote.leave();
    remote.leave();
    vi.runAllTimers();
    expect(host.store.inspect()).toEqual(before);
  });

  it('gives back a lease that is disposed of later, which is harmless and reported', () => {
    const name = freshName();
    const host = joinSharedStore({ app: 'host', name });
    const remote = joinSharedStore({ app: 'remote', name });
    const leases = [remote.inject(cart), remote.inject(theme)];
    remote.leave();
    leases[0]!.dispose({ now: true }); // tears the slice down now, instead of later
    expect(host.store.getState()).toEqual({ theme: 'light' });
    expect(warnings()).toEqual([]);
    host.inject(cart);
    for (const lease of leases) lease.dispose();
    expect(warnings()).toEqual([
      expect.stringMatching(/lease of 'remote' on 'cart' .* It now belongs to 'host'\.$/),
      expect.stringMatching(/lease of 'remote' on 'theme' .* by dispose\(\) or leave\(\)/),
    ]);
    vi.runAllTimers();
    expect(host.store.getState()).toEqual({ cart: 0 });
  });

  it('gives back a lease that a reducer has tried to dispose of, which is refused', () => {
    const name = freshName();
    const { store } = joinSharedStore({ app: 'host', name });
    const { inject, leave } = joinSharedStore({ app: 'remote', name });
    const reducer = (state = 0, { type }: Action) => {
      if (type === 'dispose') lease.dispose();
      return state;
    };
    const lease = inject({ key: 'meddler', reducer });
    expect(() => store.dispatch({ type: 'dispose' })).toThrow(/may not dispose/);
    leave();
    vi.runAllTimers();
    expect(store.getState()).toEqual({});
  });

  it('leaves the other members alone', () => {
    const name = freshName();
    const host = joinSharedStore({ app: 'host', name, slices: [theme] });
    const again = joinSharedStore({ app: 'host', name, slices: [theme] });
    again.leave();
    vi.runAllTimers();
    expect(host.store.read(['theme'])).toBe('light');
  });

  it('ends the membership', () => {
    const { inject, leave } = joinSharedStore({ app: 'gone', name: freshName() });
    leave();
    expect(() => inject(cart)).toThrow(expect.objectContaining({ code: 'disposed' }));
    expect(() => inject(cart)).toThrow(/'gone' has left the store and cannot inject 'cart'/);
  });

  it('after 200 cycles the store is as it was', () => {
    const name = freshName();
    const seen: string[] = [];
    const spy: Middleware = () => (next) => (action) => (
      seen.push((action as Action).type),
      next(action)
    );
    const host = joinSharedStore({ app: 'host', name, middleware: [spy] });
    const before = host.store.inspect();
    for (let cycle = 0; cycle < 200; cycle++) {
      const remote = joinSharedStore({
        app: 'remote',
        name,
        slices: [cart, theme],
        middleware: [spy],
      });
      const stops = [host.store.watch(['cart'], vi.fn()), host.store.subscribe(vi.fn())];
      host.store.dispatch(cart.actions.add());
      stops.forEach((stop) => stop());
      remote.leave();
      vi.runAllTimers();
    }
    expect(host.store.inspect()).toEqual(before);
    expect(host.store.getState()).toEqual({});
    expect(seen.filter((type) => type === 'cart/teardown')).toHaveLength(200);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('bridge options', () => {
  it("are the first one's, and a member that asks for others is told", () => {
    const name = freshName();
    joinSharedStore({ app: 'host', name, bridge: { channel: 'one', enabled: true } });
    joinSharedStore({ app: 'same', name, bridge: { channel: 'one' } });
    expect(warn).not.toHaveBeenCalled();
    joinSharedStore({ app: 'other', name, bridge: { channel: 'two', enabled: true } });
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/'other' asks for other bridge options \(channel\)/),
    );
  });

  it('are compared by what the limits say, not by the object that says it', () => {
    const name = freshName();
    joinSharedStore({ app: 'host', name, bridge: { limits: { queue: 5, bytes: 5000 } } });
    joinSharedStore({ app: 'same', name, bridge: { limits: { bytes: 5000, queue: 5 } } });
    expect(warn).not.toHaveBeenCalled();
    joinSharedStore({ app: 'other', name, bridge: { limits: { bytes: 5000 } } });
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('(limits)'));
  });
});
