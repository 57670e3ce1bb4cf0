import { configureStore } from '@reduxjs/toolkit';
import {
  defineSlice,
  isBridged,
  joinSharedStore,
  loadEngine,
  type BridgeOptions,
  type Gap,
  type Membership,
  type Drop,
} from 'isthmus';
import { payload, push } from 'isthmus/program';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { combineReducers, type Action, type Reducer } from 'redux';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addEverywhere, createTestHub, envelope, log, openStranger, openTab } from './tabs.js';

// A page, whose memberships share a store.
vi.stubGlobal('document', {});
await loadEngine();

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
const ends: (() => void)[] = [];
afterEach(() => {
  ends.splice(0).forEach((end) => end());
  vi.useRealTimers();
});

let stores = 0;
type Joining = (name: string, bridge: BridgeOptions, preloadedState?: object) => Membership;
const KINDS: [string, Joining][] = [
  [
    'a shared store',
    (name, bridge, preloadedState = {}) =>
      joinSharedStore({ app: 'host', name, bridge, preloadedState }),
  ],
  [
    'a joined Redux store',
    (name, bridge, preloadedState = {}) => {
      const { dispose } = configureStore({
        reducer: { own: (state: number = 0) => state },
        middleware: (defaults) => defaults().concat(isthmusMiddleware),
        enhancers: (defaults) =>
          defaults().prepend(isthmusEnhancer({ app: 'maker', name, bridge, preloadedState })),
      });
      ends.push(dispose);
      return joinSharedStore({ app: 'host', name });
    },
  ],
];

/** A page with a host that may expect slices, and a stranger who sends. */
function openPage(join: Joining, bridge: BridgeOptions = {}, preloadedState?: object) {
  const hub = createTestHub();
  const name = `page-${++stores}`;
  const gaps: Gap[] = [];
  const drops: Drop[] = [];
  const host = join(
    name,
    {
      transport: hub.connect(),
      onGap: (gap) => gaps.push(gap),
      onDrop: (drop) => drops.push(drop),
      ...bridge,
    },
    preloadedState,
  );
  const remote = joinSharedStore({ app: 'remote', name });
  const { post } = openStranger(hub);
  let seq = 0;
  const send = (...texts: unknown[]) => {
    for (const text of texts) post(envelope({ payload: text }, { sender: 'peer', seq: ++seq }));
  };
  const { store } = host;
  const entries = () => store.read(['log']);
  const counters = () => store.bridge.counters();
  const expected = () =>
    store.inspect().expected.map(({ key, owners, messages }) => [key, ...owners, messages]);
  return { hub, host, remote, store, gaps, drops, post, send, entries, counters, expected };
}

describe.each(KINDS)('%s that expects a slice', (_kind, join) => {
  it('parks its actions until it is injected, then applies them in order, as any that cross', () => {
    const { host, remote, store, send, post, entries, counters, expected, drops } = openPage(join);
    const crossings = vi.fn();
    store.bridge.onCross(crossings);
    host.expect('log', log.contract);
    send('one', 'two', 7);
    const again = envelope({ payload: 'three' });
    post(again);
    post(again);
    expect(expected()).toEqual([['log', 'host', 3]]);
    expect(store.inspect().expected[0]!.bytes).toBeGreaterThan(300);
    expect(drops.map(({ reason }) => reason)).toEqual(['schema', 'duplicate']);
    expect(crossings).not.toHaveBeenCalled();

    remote.inject(log);
    expect(entries()).toEqual(['one', 'two', 'three']);
    expect(crossings.mock.calls.map(([{ action }]) => isBridged(action))).toEqual([
      true,
      true,
      true,
    ]);
    expect(expected()).toEqual([]);
    post(again);
    send('four');
    expect(entries()).toEqual(['one', 'two', 'three', 'four']);
    expect(counters()).toMatchObject({ parked: 3, accepted: 4, discarded: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('makes the slice of its preloaded state, which the parked actions follow', () => {
    const { host, remote, send, entries } = openPage(join, {}, { log: ['preloaded'] });
    host.expect('log', log.contract);
    send('parked');
    remote.inject(log);
    expect(entries()).toEqual(['preloaded', 'parked']);
  });

  it('keeps the preloaded state when what was parked is discarded', () => {
    const { host, remote, send, entries } = openPage(join, {}, { log: ['preloaded'] });
    host.expect('log', log.contract);
    send('parked');
    vi.advanceTimersByTime(60_000);
    remote.inject(log);
    expect(entries()).toEqual(['preloaded']);
  });

  it('discards and tells of what waited too long, which may then come again', () => {
    const { host, remote, send, post, gaps, counters, expected, entries } = openPage(join);
    host.expect('log', log.contract);
    const message = envelope({ payload: 'again' }, { seq: 1 });
    post(message);
    vi.advanceTimersByTime(59_000);
    send('late');
    expect(gaps).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(gaps).toEqual([{ reason: 'parked', slice: 'log', messages: 2, cause: 'expired' }]);
    expect([counters().discarded, expected()]).toEqual([2, [['log', 'host', 0]]]);
    expect(vi.getTimerCount()).toBe(0);
    post(message);
    remote.inject(log);
    expect(entries()).toEqual(['again']);
  });

  it('tells which actions were discarded for a limit: parkMessages, parkBytes', () => {
    const limits = { parkMessages: 2, parkBytes: 2000 };
    const { host, remote, send, gaps, entries, counters } = openPage(join, { limits });
    host.expect('log', log.contract);
    send('1', '2', '3', 'x'.repeat(2000), '5');
    expect(gaps).toEqual([
      { reason: 'parked', slice: 'log', messages: 3, cause: 'overflow' },
      { reason: 'parked', slice: 'log', messages: 1, cause: 'overflow' },
    ]);
    remote.inject(log);
    expect(entries()).toEqual(['5']);
    expect(counters()).toMatchObject({ parked: 5, discarded: 4, accepted: 1 });
  });

  it('waits no longer when the last app that expected it has left', () => {
    const { host, remote, send, gaps, counters, expected } = openPage(join);
    remote.expect('log', log.contract);
    host.expect('log', log.contract);
    send('one');
    host.leave();
    expect([gaps, expected()]).toEqual([[], [['log', 'remote', 1]]]);
    remote.leave();
    expect(gaps).toEqual([{ reason: 'parked', slice: 'log', messages: 1, cause: 'left' }]);
    expect([expected(), vi.getTimerCount()]).toEqual([[], 0]);
    send('two');
    expect(counters()).toMatchObject({ parked: 1, discarded: 1, dropped: { absent: 1 } });
  });

  it('parks nothing for a slice that was there before, whatever is expected then', () => {
    const { host, remote, send, counters, expected } = openPage(join);
    const lease = remote.inject(log);
    host.expect('log', log.contract);
    send('one');
    lease.dispose({ now: true });
    host.expect('log', log.contract);
    send('two');
    expect(expected()).toEqual([]);
    expect(counters()).toMatchObject({ accepted: 2, parked: 0 });
  });

  it('without a contract parks what begins with its key and passes another contract', () => {
    const { host, remote, send, expected, drops } = openPage(join);
    host.expect('log');
    send('unlisted');
    expect(drops.map(({ reason }) => reason)).toEqual(['absent']);
    host.expect('other', log.contract);
    send('one');
    expect(expected()).toEqual([
      ['log', 'host', 1],
      ['other', 'host', 0],
    ]);
    remote.inject(log);
    expect(expected()).toEqual([['other', 'host', 1]]);
    remote.inject({ key: 'other', reducer: (state = 0) => state });
    expect([remote.store.read(['log']), expected()]).toEqual([['one'], []]);
  });

  it('goes on after one that a reducer refuses, and tells of it', () => {
    const { host, remote, send, drops } = openPage(join);
    const refusing = (
      state: string[] = [],
      { type, payload: text }: Action & { payload?: string },
    ) => {
      if (type !== 'log/add') return state;
      if (text === 'bad') throw new Error('no');
      return [...state, text!];
    };
    host.expect('log', log.contract);
    send('one', 'bad', 'two');
    remote.inject({ key: 'log', reducer: refusing });
    expect(remote.store.read(['log'])).toEqual(['one', 'two']);
    expect(drops).toMatchObject([{ direction: 'in', reason: 'reducer', type: 'log/add' }]);
  });

  it.each([
    ['the channel', false],
    ['a store of this page', true],
  ])('takes what comes from %s while it delivers after what waited', async (_where, isHere) => {
    const hub = createTestHub();
    const transport = hub.connect();
    const { host, remote, store, entries } = openPage(join, { transport });
    const sibling = openTab(hub, { transport: isHere ? transport : hub.connect() });
    host.expect('log', log.contract);
    const { post } = openStranger(hub);
    for (const text of ['one', 'two', 'three']) post(envelope({ payload: text }));
    store.watch(['log'], () => {
      if ((entries() as string[] | undefined)?.length !== 1) return;
      sibling.store.dispatch(addEverywhere('new'));
      hub.flush();
    });
    remote.inject(log);
    if (!isHere) await vi.waitFor(() => expect(entries()).toHaveLength(4), { interval: 1 });
    expect(entries()).toEqual(['one', 'two', 'three', 'new']);
    expect(store.inspect().expected).toEqual([]);
    sibling.store.dispose();
  });

  it('may get its slice in a listener of another parked action', () => {
    const { host, remote, send, post, store, entries } = openPage(join);
    const second = defineSlice({
      name: 'second',
      initialState: [] as string[],
      reducers: { add: [push('', payload())] },
      contract: { 'second/add': {} },
    });
    host.expect('log', log.contract);
    host.expect('second', second.contract);
    send('one', 'two');
    post(envelope({ type: 'second/add', payload: 'a' }));
    const stop = store.watch(['log'], () => {
      if ((entries() as string[] | undefined)?.length !== 1) return;
      stop();
      joinSharedStore({ app: 'host', name: store.name }).inject(second);
    });
    remote.inject(log);
    expect([entries(), store.read(['second'])]).toEqual([['one', 'two'], ['a']]);
  });

  it('applies the rest, to whom it concerns, though the slice is removed meanwhile', () => {
    const { host, remote, send, store, entries, counters, expected } = openPage(join);
    host.expect('log', log.contract);
    send('one', 'two');
    const seen: unknown[] = [];
    store.bridge.onCross(({ action }) => seen.push((action as { payload?: unknown }).payload));
    store.watch(['log'], () => {
      if ((entries() as string[] | undefined)?.length === 1) remote.leave();
    });
    const lease = remote.inject(log);
    lease.dispose({ now: true });
    vi.runAllTimers();
    expect(store.inspect().slices.map(({ key }) => key)).not.toContain('log');
    expect(seen).toEqual(['one', 'two']);
    expect(counters()).toMatchObject({ accepted: 2, dropped: {} });
    expect(expected()).toEqual([]);
  });

  it('drops as off what is to be delivered while the bridge is switched off', () => {
    const { host, remote, send, store, entries, counters } = openPage(join);
    host.expect('log', log.contract);
    send('one');
    store.bridge.setEnabled(false);
    remote.inject(log);
    expect([entries(), counters().dropped]).toEqual([[], { off: 1 }]);
  });

  it('is expected by members only, and not by reducers', () => {
    const { host, remote } = openPage(join);
    let expecting: unknown;
    const reducer = (state = 0, { type }: Action): number => {
      if (type !== 'now') return state;
      try {
        host.expect('x');
      } catch (error) {
        expecting = error;
      }
      return state;
    };
    remote.inject({ key: 'reducing', reducer });
    host.store.dispatch({ type: 'now' });
    expect(String(expecting)).toMatch('Reducers may not expect slices.');
    host.leave();
    expect(() => host.expect('log')).toThrow(/'host' has left the store and cannot expect 'log'/);
  });
});

describe('a shared store that expects a slice', () => {
  const [, join] = KINDS[0]!;

  it('delivers a long row within the budget of each task, before all that is newer', async () => {
    const { host, hub, remote, store, entries } = openPage(join);
    host.expect('log', log.contract);
    const transport = hub.connect()('isthmus');
    const numbered = (from: number, count: number) => {
      for (let i = from; i < from + count; i++) {
        transport.post(envelope({ payload: `${i}` }, { sender: 'numbered', seq: i }));
      }
      hub.flush();
    };
    numbered(1, 500);
    expect(store.inspect().expected[0]!.messages).toBe(500);
    await Promise.resolve();
    remote.inject(log);
    expect(entries()).toHaveLength(64);
    numbered(501, 100);
    expect(entries()).toEqual(Array.from({ length: 600 }, (_, i) => `${i + 1}`));
    expect(store.inspect().expected).toEqual([]);
  });

  it('holds no more of a flood than its limits allow, and tells of each discarded park once', () => {
    const limits = { parkMessages: 100, queue: 100_000 };
    const { host, hub, store, gaps, counters } = openPage(join, { limits });
    host.expect('log', log.contract);
    const transport = hub.connect()('isthmus');
    for (let i = 1; i <= 5000; i++) {
      transport.post(envelope({}, { sender: 'flood', seq: i }));
    }
    hub.flush();
    expect(counters().parked).toBe(5000);
    expect(gaps).toEqual(
      new Array(49).fill({ reason: 'parked', slice: 'log', messages: 101, cause: 'overflow' }),
    );
    expect(store.inspect().expected).toMatchObject([{ messages: 5000 - 49 * 101 }]);
    expect(vi.getTimerCount()).toBe(1);
  });
});

it('a slice that replaceReducer of a joined store brings has what was parked for it', () => {
  const hub = createTestHub();
  const own = (state: number = 0) => state;
  const name = `page-${++stores}`;
  const bridge = { transport: hub.connect() };
  const store = configureStore({
    reducer: { own } as Record<string, Reducer>,
    middleware: (defaults) => defaults().concat(isthmusMiddleware),
    enhancers: (defaults) => defaults().prepend(isthmusEnhancer({ app: 'maker', name, bridge })),
  });
  ends.push(store.dispose);
  joinSharedStore({ app: 'host', name }).expect('log', log.contract);
  openStranger(hub).post(envelope({ payload: 'parked' }));
  const statuses: string[] = [];
  store.onStatus(() => statuses.push(store.status('log')));
  store.replaceReducer(
    combineReducers<Record<string, Reducer>>({ own, log: log.reducer as Reducer }),
  );
  expect(store.read(['log'])).toEqual(['parked']);
  expect(statuses).toEqual(['ready']);
  expect([store.inspect().expected, vi.getTimerCount()]).toEqual([[], 0]);
});

it('an app that leaves in a listener that sees its slice come holds no lease afterwards', () => {
  const { remote, store } = openPage(KINDS[0]![1]);
  store.onStatus(() => remote.leave());
  remote.inject(log);
  vi.runAllTimers();
  expect(store.inspect().slices).toEqual([]);
});

it('a store that ends forgets what is parked, and its timer', () => {
  const { host, send, store } = openPage(KINDS[1]![1]);
  host.expect('log', log.contract);
  send('one');
  expect(vi.getTimerCount()).toBe(1);
  (store as typeof store & { dispose(): void }).dispose();
  expect([vi.getTimerCount(), store.inspect().expected]).toEqual([0, []]);
});

it('a store of the same page parks what another one sends, too', () => {
  const { host, remote, entries, hub } = openPage(KINDS[0]![1], { channel: 'same-page' });
  host.expect('log', log.contract);
  const transport = hub.connect();
  const [a, b] = ['a', 'b'].map((name) => openTab(hub, { name, channel: 'same-page', transport }));
  a!.store.dispatch(addEverywhere('from a'));
  hub.flush();
  expect(b!.entries()).toEqual(['from a']);
  remote.inject(log);
  expect(entries()).toEqual(['from a']);
  [a, b].forEach((tab) => tab!.store.dispose());
});

it('what waits goes over a real BroadcastChannel', async () => {
  vi.useRealTimers();
  const channel = 'parking';
  const { host, remote, entries, expected, store } = openPage(KINDS[1]![1], {
    channel,
    transport: (name) => {
      const opened = new BroadcastChannel(name);
      return {
        post: (message) => opened.postMessage(message),
        onMessage: (listener) => {
          opened.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data));
        },
        close: () => opened.close(),
      };
    },
  });
  host.expect('log', log.contract);
  const other = new BroadcastChannel(channel);
  for (const text of ['one', 'two', 'three']) other.postMessage(envelope({ payload: text }));
  await vi.waitFor(() => expect(expected()).toEqual([['log', 'host', 3]]));
  remote.inject(log);
  expect(entries()).toEqual(['one', 'two', 'three']);
  other.postMessage(envelope({ payload: 'four' }));
  await vi.waitFor(() => expect(entries()).toEqual(['one', 'two', 'three', 'four']));
  expect(store.bridge.counters()).toMatchObject({ parked: 3, accepted: 4 });
  other.close();
});
