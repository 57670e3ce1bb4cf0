// @vitest-environment jsdom
import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { createApi } from '@reduxjs/toolkit/query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { defineSlice, joinSharedStore } from 'isthmus';
import { useReady, useSharedValue } from 'isthmus/react';
import { createTestStore, type SharedTestStore } from 'isthmus/testing';
import { useSyncExternalStore } from 'react';
import { thunk } from 'redux-thunk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHandWrittenStore } from './hand-written-store.js';

// Rows of the guide's table of pitfalls: first by hand, then with Isthmus.

let page: SharedTestStore;
beforeEach(async () => {
  page = await createTestStore({ shared: true, app: 'host' });
});
afterEach(() => {
  cleanup();
  page.dispose();
  vi.restoreAllMocks();
});

describe('pitfall: intermittent "undefined token" on cold load', () => {
  interface Session {
    token?: string;
  }
  const restored = { type: 'auth/restored', token: 'abc' };

  it('by hand, a remote that renders before the host has restored the session dies', () => {
    const store = createHandWrittenStore({
      auth: (session: Session = {}, { type, token }) =>
        type === restored.type ? { token: token as string } : session,
    });
    const Remote = () => {
      const read = () => (store.getState()['auth'] as Session).token;
      return <b>{useSyncExternalStore(store.subscribe, read)!.toUpperCase()}</b>;
    };
    vi.spyOn(console, 'error').mockImplementation(() => undefined); // React reports it, too
    expect(() => render(<Remote />)).toThrow(TypeError);
    store.dispatch(restored);
    render(<Remote />); // on a warm load all is well
    expect(screen.getByText('ABC')).toBeTruthy();
  });

  const auth = defineSlice({
    name: 'auth',
    initialState: { token: undefined as string | undefined },
    reducers: {},
  });

  it('with Isthmus, the slice says whether it is ready, and the remote renders it then', async () => {
    const { store, membership } = page;
    const Remote = () => {
      const isReady = useReady('auth');
      const token = useSharedValue(['auth', 'token']) as string;
      return <b>{isReady ? token.toUpperCase() : 'one moment'}</b>;
    };
    render(<Remote />); // the slice is not even there
    expect(screen.getByText('one moment')).toBeTruthy();
    act(() => {
      store.markLoading('auth');
      membership.inject(auth);
    });
    expect(screen.getByText('one moment')).toBeTruthy();
    const ready = store.whenReady('auth', { timeout: 1000 });
    act(() => store.hydrate('auth', { token: 'abc' }));
    expect(screen.getByText('ABC')).toBeTruthy();
    await ready;
  });
});

describe('pitfall: RTK Query double-fetches the same endpoint', () => {
  /** An api as a remote's own module makes it. */
  function createTimeApi(reducerPath: string, fetch: () => Promise<{ data: string }>) {
    return createApi({
      reducerPath,
      baseQuery: fetch,
      endpoints: (build) => ({ time: build.query<string, void>({ query: () => undefined }) }),
    });
  }
  const server = () => vi.fn(async () => ({ data: 'noon' }));

  it('by hand, the api that each remote creates has a cache of its own', async () => {
    const fetch = server();
    const [cart, profile] = ['cartApi', 'profileApi'].map((path) => createTimeApi(path, fetch));
    const store = configureStore({
      reducer: combineReducers({ cartApi: cart!.reducer, profileApi: profile!.reducer }),
      middleware: (defaults) => defaults().concat(cart!.middleware, profile!.middleware),
    });
    for (const { endpoints } of [cart!, profile!]) {
      await store.dispatch(endpoints.time.initiate() as never);
    }
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('with Isthmus, remotes that share the api each bring it, and it fetches once', async () => {
    const fetch = server();
    const api = createTimeApi('api', fetch);
    const remotes = ['cart', 'profile'].map((app) =>
      joinSharedStore({ app, slices: [api], middleware: [thunk, api.middleware] }),
    );
    const answers = await Promise.all(
      remotes.map(({ store }) => store.dispatch(api.endpoints.time.initiate())),
    );
    expect(answers.map(({ data }) => data)).toEqual(['noon', 'noon']);
    expect(fetch).toHaveBeenCalledTimes(1);
    remotes.forEach(({ leave }) => leave());
  });

  it('with Isthmus, a second api in the place of the first is refused, and both remotes named', () => {
    const join = (app: string) =>
      joinSharedStore({ app, slices: [createTimeApi('api', server())], middleware: [thunk] });
    const cart = join('cart');
    expect(() => join('profile')).toThrow(/'api' belongs to 'cart'; 'profile' cannot inject/);
    cart.leave();
  });
});
