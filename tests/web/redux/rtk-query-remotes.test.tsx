// @vitest-environment jsdom
import { configureStore } from '@reduxjs/toolkit';
import { createApi } from '@reduxjs/toolkit/query/react';
import { act, cleanup, render, screen } from '@testing-library/react';
import { joinSharedStore, loadEngine, type Membership, type SharedStore } from 'isthmus';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { useEffect, useState } from 'react';
import { Provider } from 'react-redux';
import { thunk } from 'redux-thunk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

await loadEngine();

/** The api that two remotes share as a module; each of them brings it when it comes. */
function createTimeApi() {
  // A body that is really read would not come while the timers are not real.
  const fetchFn = vi.fn(async () => ({ data: { now: fetchFn.mock.calls.length } }));
  const api = createApi({
    baseQuery: fetchFn,
    endpoints: (build) => ({
      time: build.query<{ now: number }, void>({ query: () => undefined }),
    }),
  });
  return { api, fetchFn };
}
let { api, fetchFn } = createTimeApi();
let name = '';
let count = 0;
const reported = vi.fn();
beforeEach(() => {
  ({ api, fetchFn } = createTimeApi());
  name = `page-${++count}`;
  reported.mockClear();
  vi.spyOn(console, 'error').mockImplementation(reported);
  vi.spyOn(console, 'warn').mockImplementation(reported);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  expect(reported).not.toHaveBeenCalled();
});

const join = (app: string) =>
  joinSharedStore({ app, name, slices: [api], middleware: [thunk, api.middleware] });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A remote: it joins when it mounts, and leaves when it goes. */
function Remote({ app, pollingInterval = 0 }: { app: string; pollingInterval?: number }) {
  const [membership, setMembership] = useState<Membership>();
  useEffect(() => {
    const joined = join(app);
    setMembership(joined);
    return joined.leave;
  }, [app]);
  if (membership === undefined) return null;
  return (
    <Provider store={membership.store}>
      <Time app={app} pollingInterval={pollingInterval} />
    </Provider>
  );
}
function Time({ app, pollingInterval }: { app: string; pollingInterval: number }) {
  const { data } = api.useTimeQuery(undefined, { pollingInterval });
  return <b>{`${app} ${data?.now ?? 'loading'}`}</b>;
}
const shown = () => screen.queryAllByText(/./, { selector: 'b' }).map((it) => it.textContent);

/** Who makes the page's store, which the remotes then join. */
const hosts: [what: string, open: () => Pick<SharedStore, 'inspect' | 'getState'>][] = [
  ['one that an app has joined', () => joinSharedStore({ app: 'host', name }).store],
  [
    'one of configureStore',
    () =>
      configureStore({
        reducer: { own: (state = 0) => state },
        middleware: (defaults) => defaults().concat(isthmusMiddleware),
        enhancers: (defaults) => defaults().prepend(isthmusEnhancer({ app: 'host', name })),
      }),
  ],
];

describe.each(hosts)(
  "an RTK Query api that two remotes bring to the page's store, %s",
  (_, open) => {
    let host: ReturnType<typeof open>;
    beforeEach(() => {
      host = open();
    });

    it('is one slice with one middleware, held by both', () => {
      const remotes = ['cart', 'profile'].map(join);
      expect(host.inspect().slices.at(-1)).toMatchObject({ key: 'api', owner: 'cart', leases: 2 });
      expect(host.inspect().middleware).toBe(2);
      remotes.forEach(({ leave }) => leave());
    });

    it('fetches once for the components of both', async () => {
      render([<Remote key="a" app="a" />, <Remote key="b" app="b" />]);
      await vi.waitFor(() => expect(shown()).toEqual(['a 1', 'b 1']));
      expect(fetchFn).toHaveBeenCalledTimes(1);
    });

    it('polls once for both', async () => {
      vi.useFakeTimers();
      render([
        <Remote key="a" app="a" pollingInterval={100} />,
        <Remote key="b" app="b" pollingInterval={100} />,
      ]);
      await act(() => vi.advanceTimersByTimeAsync(350));
      expect(fetchFn).toHaveBeenCalledTimes(4);
      vi.useRealTimers(); // Redux Toolkit's batches wait for a real frame
      await vi.waitFor(() => expect(shown()).toEqual(['a 4', 'b 4']));
    });

    it('goes on for the one that stays, with the data that is there', async () => {
      const { rerender } = render([<Remote key="a" app="a" />, <Remote key="b" app="b" />]);
      await vi.waitFor(() => expect(shown()).toEqual(['a 1', 'b 1']));
      rerender([<Remote key="b" app="b" />]);
      await act(() => pause(5));
      const { store } = join('c');
      expect(store.inspect().slices.at(-1)).toMatchObject({ key: 'api', owner: 'b' });
      await act(() =>
        store.dispatch(api.endpoints.time.initiate(undefined, { forceRefetch: true })),
      );
      await vi.waitFor(() => expect(shown()).toEqual(['b 2']));
    });

    it('stops polling when the last one leaves, and nothing is left of it', async () => {
      vi.useFakeTimers();
      const before = [host.inspect(), host.getState()];
      const { unmount } = render(<Remote app="a" pollingInterval={100} />);
      await act(() => vi.advanceTimersByTimeAsync(250));
      const calls = fetchFn.mock.calls.length;
      expect(calls).toBe(3);
      unmount();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(fetchFn).toHaveBeenCalledTimes(calls);
      expect([host.inspect(), host.getState()]).toEqual(before);
      expect(vi.getTimerCount()).toBe(0);
      vi.useRealTimers();
    });

    it('stops polling when a remote leaves while its components are still there', async () => {
      vi.useFakeTimers();
      const { store, leave } = join('a');
      const polling = { subscriptionOptions: { pollingInterval: 100 } };
      void store.dispatch(api.endpoints.time.initiate(undefined, polling));
      await vi.advanceTimersByTimeAsync(250);
      expect(fetchFn).toHaveBeenCalledTimes(3);
      leave();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(fetchFn).toHaveBeenCalledTimes(3);
      expect(vi.getTimerCount()).toBe(0);
      vi.useRealTimers();
    });

    it('begins anew when a remote comes back', async () => {
      const { unmount } = render(<Remote app="a" />);
      await vi.waitFor(() => expect(shown()).toEqual(['a 1']));
      unmount();
      await pause(5);
      render(<Remote app="a" />);
      await vi.waitFor(() => expect(shown()).toEqual(['a 2']));
    });

    it('is refused when each brings one of its own under the same path, and both are named', () => {
      const first = join('cart');
      const middleware = () => first.store.inspect().middleware;
      const before = middleware();
      ({ api } = createTimeApi());
      expect(() => join('profile')).toThrow(/'api' belongs to 'cart'; 'profile' cannot/);
      expect(middleware()).toBe(before);
      first.leave();
    });
  },
);
