// A page that has the engine, and not yet what crosses: as a browser loads it, whose network the tests play.

import type * as Isthmus from 'isthmus';
import { inc, payload, push, set } from 'isthmus/program';
import { createTestHub } from 'isthmus/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadOnFreshPage, registry } from '../fresh-page.js';

type Loaded = typeof Isthmus;

/** What the page is doing about its code for crossing. */
interface Arriving {
  readonly arrival?: { readonly isOver: boolean; request(): Promise<void> };
  readonly engine: { readonly loaded: { loadCrossing(): Promise<unknown> } };
}

let isthmus: Loaded;
/** Whether the page has asked for the code of crossing, and lets it come. */
let asked = 0;
let arrive: () => Promise<void>;

const page = () => registry()!.realms[1] as unknown as Arriving;

beforeEach(async () => {
  vi.stubGlobal('document', {});
  vi.stubGlobal('process', { ...process, versions: {} });
  isthmus = await loadOnFreshPage();
  await isthmus.loadEngine();
  const { loaded } = page().engine;
  const load = loaded.loadCrossing.bind(loaded);
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  asked = 0;
  loaded.loadCrossing = async () => {
    asked += 1;
    await gate;
    return load();
  };
  arrive = async () => {
    open();
    await page().arrival!.request();
    await new Promise((resolve) => setTimeout(resolve));
  };
});
afterEach(() => vi.unstubAllGlobals());

const thrown: unknown[] = [];
beforeEach(() => {
  thrown.length = 0;
  vi.stubGlobal('reportError', (error: unknown) => thrown.push(error));
});

const theme = () =>
  isthmus.defineSlice({
    name: 'theme',
    initialState: { name: 'light', log: [] as string[] },
    reducers: { change: [set('/name', payload()), push('/log', payload())] },
    contract: { 'theme/change': { payload: { type: 'string' } } },
  });

const cart = () =>
  isthmus.defineSlice({
    name: 'cart',
    converge: true,
    initialState: { count: 0, log: [] as string[] },
    reducers: { add: [inc('/count'), push('/log', payload())] },
    contract: { 'cart/add': { payload: { type: 'string' } } },
  });

describe('a page that does not cross', () => {
  it('never asks for what crosses', async () => {
    const count = isthmus.defineSlice({
      name: 'count',
      initialState: 0,
      reducers: { add: [inc('')] },
    });
    const { store, leave } = isthmus.joinSharedStore({ app: 'host', slices: [count] });
    store.dispatch(count.actions.add());
    expect(store.getState()).toEqual({ count: 1 });
    expect(store.bridge.counters()).toMatchObject({ sent: 0, accepted: 0 });
    expect(store.inspect()).toMatchObject({ channels: ['isthmus'], expected: [] });
    await store.bridge.log.settled();
    leave();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(asked).toBe(0);
  });
});

describe('before what crosses is there', () => {
  const two = () => {
    const hub = createTestHub();
    const slice = theme();
    const open = (name: string, bridge: Isthmus.BridgeOptions = {}) =>
      isthmus.createIsolatedStore({
        name,
        slices: [slice],
        bridge: { transport: hub.connect(), ...bridge },
      });
    return { hub, slice, open };
  };

  it('marked actions change their own store at once, and leave in their order', async () => {
    const { hub, slice, open } = two();
    const crossed: unknown[] = [];
    const from = open('from');
    const to = open('to');
    from.bridge.onCross(({ direction, action }) => crossed.push([direction, action]));
    for (const name of ['dark', 'blue', 'red']) {
      from.dispatch(isthmus.crossApp(slice.actions.change(name)));
    }
    expect(from.read(['theme', 'log'])).toEqual(['dark', 'blue', 'red']);
    expect(to.read(['theme', 'log'])).toEqual([]);
    expect(asked).toBe(1);
    await arrive();
    hub.flush();
    expect(to.read(['theme', 'log'])).toEqual(['dark', 'blue', 'red']);
    expect(from.read(['theme', 'log'])).toEqual(['dark', 'blue', 'red']);
    expect(from.bridge.counters().sent).toBe(3);
    expect(crossed).toHaveLength(3);
    from.dispatch(isthmus.crossApp(slice.actions.change('white')));
    hub.flush();
    expect(to.read(['theme', 'name'])).toBe('white');
  });

  it('an action that was dispatched while the bridge was off stays at home', async () => {
    const { hub, slice, open } = two();
    const drops: Isthmus.Drop[] = [];
    const from = open('from', { onDrop: (drop) => drops.push(drop) });
    const to = open('to');
    from.bridge.setEnabled(false);
    from.dispatch(isthmus.crossApp(slice.actions.change('dark')));
    from.bridge.setEnabled(true);
    from.dispatch(isthmus.crossApp(slice.actions.change('blue')));
    await arrive();
    hub.flush();
    expect(to.read(['theme', 'log'])).toEqual(['blue']);
    expect(drops).toMatchObject([{ direction: 'out', reason: 'off', type: 'theme/change' }]);
  });

  it('messages wait, in their order, and as many as the inbox takes', async () => {
    const { hub, slice, open } = two();
    const gaps: Isthmus.Gap[] = [];
    const to = open('to', { limits: { queue: 2 }, onGap: (gap) => gaps.push(gap) });
    const channel = hub.connect()('isthmus');
    for (const [seq, name] of ['dark', 'blue', 'red'].entries()) {
      const action = { ...slice.actions.change(name), meta: { crossApp: true } };
      const sender = 'someone';
      channel.post({ isthmus: 1, sender, from: 'from', seq, clock: Date.now(), action });
    }
    hub.flush();
    expect(to.read(['theme', 'log'])).toEqual([]);
    await arrive();
    expect(to.read(['theme', 'log'])).toEqual(['dark', 'blue']);
    expect(gaps).toContainEqual({ reason: 'overflow', messages: 1 });
  });

  it('a store that has ended by then hears nothing more', async () => {
    const { slice, open } = two();
    const ended = open('ended');
    const from = open('from');
    from.dispatch(isthmus.crossApp(slice.actions.change('dark')));
    ended.dispose();
    await arrive();
    expect(thrown).toEqual([]);
    expect(from.bridge.counters().sent).toBe(1);
  });

  it('a code that cannot be loaded is told and tried again, and what waits is not lost', async () => {
    const { hub, slice, open } = two();
    const { loaded } = page().engine;
    const load = loaded.loadCrossing;
    loaded.loadCrossing = () => Promise.reject(new Error('offline'));
    vi.useFakeTimers();
    const [from, to] = [open('from'), open('to')];
    from.dispatch(isthmus.crossApp(slice.actions.change('dark')));
    await vi.advanceTimersByTimeAsync(1);
    expect(thrown.map(String)).toEqual(['Error: offline']);
    loaded.loadCrossing = load;
    await vi.advanceTimersByTimeAsync(5000);
    vi.useRealTimers();
    await arrive();
    hub.flush();
    expect(to.read(['theme', 'name'])).toBe('dark');
    expect(from.bridge.counters().sent).toBe(1);
  });

  it('what a store has taken leaves although the store has ended', async () => {
    const { hub, slice, open } = two();
    const from = open('from');
    const to = open('to');
    from.dispatch(isthmus.crossApp(slice.actions.change('dark')));
    from.dispose();
    await arrive();
    hub.flush();
    expect(to.read(['theme', 'name'])).toBe('dark');
  });

  it('what waits to leave when the page ends is told, unless the page may come back', () => {
    const { slice, open } = two();
    let end: ((event: { persisted: boolean }) => void) | undefined;
    vi.stubGlobal('addEventListener', (name: string, listener: typeof end) => {
      if (name === 'pagehide') end = listener;
    });
    const drops: Isthmus.Drop[] = [];
    const from = open('from', { onDrop: (drop) => drops.push(drop) });
    from.dispatch(isthmus.crossApp(slice.actions.change('dark')));
    end!({ persisted: true });
    expect(drops).toEqual([]);
    end!({ persisted: false });
    const message = 'the page ended before it had loaded what crosses';
    expect(drops).toEqual([{ direction: 'out', reason: 'off', type: 'theme/change', message }]);
  });

  it('a contract that is wrong is told with its app when it can be checked, and the others hold', async () => {
    const { hub, slice, open } = two();
    const contract = { 'other/set': { payload: { type: 'nonsense' } } } as never;
    const store = isthmus.createIsolatedStore({
      name: 'wrong',
      contract,
      bridge: { transport: hub.connect() },
    });
    expect(isthmus.describeContracts()).toMatchObject([{ store: 'wrong', type: 'other/set' }]);
    const from = open('from');
    const to = open('to');
    from.dispatch(isthmus.crossApp(slice.actions.change('dark')));
    await arrive();
    hub.flush();
    expect(to.read(['theme', 'name'])).toBe('dark');
    expect(isthmus.describeContracts().map(({ type }) => type)).not.toContain('other/set');
    expect(thrown).toHaveLength(1);
    expect(String(thrown[0])).toMatch(/'wrong' has a contract that is refused.*other\/set/s);
    store.dispose();
  });

  it('messages for an expected slice are parked for it', async () => {
    const { hub, slice } = two();
    const bridge = { transport: hub.connect() };
    const member = isthmus.joinSharedStore({ app: 'host', bridge });
    member.expect('theme', slice.contract);
    expect(member.store.inspect().expected).toMatchObject([{ key: 'theme', owners: ['host'] }]);
    const from = isthmus.createIsolatedStore({ name: 'from', slices: [slice], bridge });
    from.dispatch(isthmus.crossApp(slice.actions.change('dark')));
    await arrive();
    hub.flush();
    expect(member.store.inspect().expected).toMatchObject([{ key: 'theme', messages: 1 }]);
    member.inject(slice);
    expect(member.store.read(['theme', 'name'])).toBe('dark');
  });
});

describe('a slice that converges, before there is a log', () => {
  const open = (hub: ReturnType<typeof createTestHub>, name = 'app') => {
    const slice = cart();
    const bridge = { transport: hub.connect() };
    const store = isthmus.createIsolatedStore({ name, slices: [slice], bridge });
    return { store, add: (text: string) => store.dispatch(slice.actions.add(text)) };
  };

  it('takes its actions at once, and the log takes them in their order', async () => {
    const hub = createTestHub();
    const { store, add } = open(hub);
    const seen: unknown[] = [];
    store.watch(['cart', 'count'], () => seen.push(store.read(['cart', 'count'])));
    add('a');
    add('b');
    expect(store.read(['cart', 'count'])).toBe(2);
    expect(store.status('cart')).toBe('loading');
    const settled = store.bridge.log.settled();
    await arrive();
    hub.settle();
    await settled;
    expect(store.read(['cart'])).toEqual({ count: 2, log: ['a', 'b'] });
    expect(store.status('cart')).toBe('ready');
    const entries = store.bridge.log.entries().map((entry) => JSON.stringify(entry));
    expect(entries.filter((entry) => entry.includes('cart/add'))).toHaveLength(2);
    expect(seen.slice(0, 2)).toEqual([1, 2]);
    expect(new Set(seen.slice(2))).toEqual(new Set(seen.length > 2 ? [2] : []));
  });

  it('agrees with a tab that was there before', async () => {
    const hub = createTestHub();
    const before = open(hub, 'app');
    before.add('before');
    await arrive();
    hub.settle();
    const after = open(hub, 'app');
    hub.settle();
    after.add('after');
    hub.settle();
    expect(after.store.read(['cart'])).toEqual({ count: 2, log: ['before', 'after'] });
    expect(before.store.read(['cart'])).toEqual(after.store.read(['cart']));
  });

  it('refuses what would change it in this tab alone', () => {
    const slice = cart();
    const hub = createTestHub();
    const store = isthmus.createIsolatedStore({
      name: 'app',
      slices: [slice],
      bridge: { transport: hub.connect() },
    });
    expect(() => store.hydrate('cart', { count: 5, log: [] })).toThrow(/converges/);
    expect(store.read(['cart', 'count'])).toBe(0);
  });

  it('gives back what the log refuses, and tells of it', async () => {
    const hub = createTestHub();
    const drops: Isthmus.Drop[] = [];
    const slice = cart();
    const store = isthmus.createIsolatedStore({
      name: 'app',
      slices: [slice],
      bridge: { transport: hub.connect(), onDrop: (drop) => drops.push(drop) },
    });
    store.dispatch(slice.actions.add('a'));
    store.dispatch({ type: 'cart/add', payload: 7 });
    expect(store.read(['cart', 'count'])).toBe(2);
    await arrive();
    hub.settle();
    expect(store.read(['cart'])).toEqual({ count: 1, log: ['a'] });
    expect(drops).toMatchObject([{ direction: 'out', reason: 'schema', type: 'cart/add' }]);
  });

  it('that has gone by then is no part of the log', async () => {
    const hub = createTestHub();
    const slice = cart();
    const bridge = { transport: hub.connect() };
    const member = isthmus.joinSharedStore({ app: 'app', bridge });
    const lease = member.inject(slice);
    member.store.dispatch(slice.actions.add('a'));
    lease.dispose({ now: true });
    await arrive();
    hub.settle();
    expect(member.store.getState()).toEqual({});
    expect(thrown).toEqual([]);
  });
});
