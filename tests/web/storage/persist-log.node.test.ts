import {
  type AnyState,
  converging,
  createIsolatedStore,
  defineSlice,
  joinSharedStore,
  loadEngine,
} from 'isthmus';
import { payload, push } from 'isthmus/program';
import {
  memoryAdapter,
  persistLog,
  type PersistLogOptions,
  type SnapshotRefusal,
  type SnapshotStorage,
} from 'isthmus/storage';
import { createTestHub, type TestHub } from 'isthmus/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { storeKinds, type MakeStore } from '../converge/tabs.js';
import { SlowStorage } from './slow-storage.js';

await loadEngine();
const opened: (() => Promise<unknown>)[] = [];
const slow: SlowStorage[] = [];
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(async () => {
  for (const storage of slow.splice(0)) storage.hurry();
  await Promise.all(opened.splice(0).map((close) => close()));
  vi.useRealTimers();
});

const NAME = 'isthmus/shop/@log';
const text = { type: 'string' } as const;
const cart = defineSlice({
  name: 'cart',
  converge: true,
  initialState: { items: [] as string[] },
  reducers: { add: [push('/items', payload())], sign: [push('/items', payload())] },
  contract: {
    'cart/add': { payload: text },
    'cart/sign': { payload: text, credentials: 'allow' },
  },
});
const trail = converging(
  {
    key: 'trail',
    reducer: (state = '', { type, payload: item }: { type: string; payload?: unknown }) =>
      type === 'cart/add' ? `${state as string}${String(item)};` : state,
  },
  { version: 1, contract: {} },
);

/** A tab, perhaps of those that a hub connects, whose log is kept in `storage`. */
function openTab(
  storage: SnapshotStorage,
  {
    hub = createTestHub(),
    make = createIsolatedStore,
    preloadedState,
    ...rest
  }: Partial<PersistLogOptions> & {
    hub?: TestHub;
    make?: MakeStore;
    preloadedState?: AnyState;
  } = {},
) {
  const bridge = { transport: hub.connect() };
  const store = make({
    ...{ name: 'shop', slices: [cart, trail], bridge },
    ...(preloadedState && { preloadedState }),
  });
  const refusals: SnapshotRefusal[] = [];
  const kept = persistLog({
    ...{ store, storage, onRefused: (refusal: SnapshotRefusal) => refusals.push(refusal) },
    ...rest,
  });
  const close = async () => {
    await kept.stop();
    store.dispose();
  };
  opened.push(async () => (kept.status === 'stopped' ? undefined : close()));
  const add = (...items: string[]) => {
    for (const item of items) store.dispatch(cart.actions.add(item));
    hub.settle();
  };
  const state = () => ({ items: store.read(['cart', 'items']), trail: store.read(['trail']) });
  return { store, kept, refusals, hub, add, state, close };
}

const expected = (...items: string[]) => ({
  items,
  trail: items.map((item) => `${item};`).join(''),
});

it.each(storeKinds)(
  'all tabs are closed, and the next %s begins with what they showed',
  async (_, make) => {
    const storage = memoryAdapter();
    const hub = createTestHub();
    const [a, b] = [openTab(storage, { hub, make }), openTab(storage, { hub, make })];
    await Promise.all([a.kept.hydrated, b.kept.hydrated]);
    a.add('1', '2');
    b.add('3');
    await a.close();
    b.add('4');
    await b.close();

    const next = openTab(storage, { make });
    expect(next.store.status('cart')).toBe('loading');
    expect(await next.kept.hydrated).toBe('restored');
    next.hub.settle();
    expect(next.store.status('cart')).toBe('ready');
    expect(next.state()).toEqual(expected('1', '2', '3', '4'));
    next.add('5');
    expect(next.state()).toEqual(expected('1', '2', '3', '4', '5'));
    expect(next.refusals).toEqual([]);
  },
);

it('what a slice once began with is there again, though the next tab does not begin with it', async () => {
  const storage = memoryAdapter();
  const preloadedState = { cart: { items: ['from the server'] }, trail: 'server;' };
  const first = openTab(storage, { preloadedState });
  await first.kept.hydrated;
  first.add('1');
  await first.close();

  const next = openTab(storage);
  await next.kept.hydrated;
  next.hub.settle();
  expect(next.state()).toEqual({ items: ['from the server', '1'], trail: 'server;1;' });
  next.add('2');
  expect(next.state()).toEqual({ items: ['from the server', '1', '2'], trail: 'server;1;2;' });
  expect(next.store.inspect().log!.slices.map(({ status }) => status)).toEqual([
    'shared',
    'shared',
  ]);
});

it('what was not settled yet is stored, and settled by the next tab', async () => {
  const storage = memoryAdapter();
  const first = openTab(storage);
  await first.kept.hydrated;
  first.store.dispatch(cart.actions.add('1'));
  expect(first.store.bridge.log.entries()[0]).toMatchObject({ state: 'tentative' });
  await first.close();

  const next = openTab(storage);
  await next.kept.hydrated;
  expect(next.state()).toEqual(expected('1'));
  next.hub.settle();
  const entries = next.store.bridge.log.entries().filter(({ type }) => type === 'cart/add');
  expect(entries).toMatchObject([{ state: 'settled' }]);
});

it('far more than is kept of the log is there again', async () => {
  const storage = memoryAdapter();
  const hub = createTestHub();
  const [first, other] = [openTab(storage, { hub }), openTab(storage, { hub })];
  await Promise.all([first.kept.hydrated, other.kept.hydrated]);
  const items = Array.from({ length: 600 }, (_, i) => `${i}`);
  for (let i = 0; i < items.length; i += 50) first.add(...items.slice(i, i + 50));
  expect(first.store.inspect().log!.base).toBeGreaterThan(0);
  await first.close();
  await other.close();
  const next = openTab(storage);
  await next.kept.hydrated;
  expect(next.state()).toEqual(expected(...items));
});

it('a slice is loading until a slow storage has answered, and its own actions come after the record', async () => {
  const snapshots = new Map<string, unknown>();
  const first = openTab(memoryAdapter(snapshots));
  await first.kept.hydrated;
  first.add('1');
  await first.close();

  const storage = new SlowStorage(snapshots);
  slow.push(storage);
  const next = openTab(storage);
  expect(next.store.status('cart')).toBe('loading');
  next.store.dispatch(cart.actions.add('2'));
  await vi.advanceTimersByTimeAsync(2000);
  expect(next.store.status('cart')).toBe('loading');
  await storage.answer('read');
  expect(await next.kept.hydrated).toBe('restored');
  next.hub.settle();
  expect(next.store.status('cart')).toBe('ready');
  expect(next.state()).toEqual(expected('1', '2'));
});

it('tabs that are open tell more than what is stored', async () => {
  const snapshots = new Map<string, unknown>();
  const hub = createTestHub();
  const a = openTab(memoryAdapter(snapshots), { hub });
  await a.kept.hydrated;
  a.add('1');
  await a.kept.flush();
  const stored = structuredClone(snapshots);
  a.add('2', '3');
  await a.kept.flush();

  const late = openTab(memoryAdapter(stored), { hub });
  await late.kept.hydrated;
  hub.settle();
  expect(late.state()).toEqual(expected('1', '2', '3'));
  late.add('4');
  expect(a.state()).toEqual(expected('1', '2', '3', '4'));
});

it('a tab goes on with a record that tells more, and loses nothing of either', async () => {
  const snapshots = new Map<string, unknown>();
  const [a, b] = [openTab(memoryAdapter(snapshots)), openTab(memoryAdapter(snapshots))];
  await Promise.all([a.kept.hydrated, b.kept.hydrated]);
  a.add('1', '2', '3');
  expect(await a.kept.flush()).toBe(true);
  b.add('other');
  expect(await b.kept.flush()).toBe(true);
  expect(b.state()).toEqual(expected('1', '2', '3', 'other'));
  const next = openTab(memoryAdapter(snapshots));
  await next.kept.hydrated;
  expect(next.state()).toEqual(expected('1', '2', '3', 'other'));
});

it('it is written at most once in a second', async () => {
  const adapter = memoryAdapter();
  const write = vi.spyOn(adapter, 'write');
  const tab = openTab(adapter);
  await tab.kept.hydrated;
  await vi.advanceTimersByTimeAsync(1000);
  const before = write.mock.calls.length;
  for (let i = 0; i < 10; i++) {
    tab.add(`${i}`);
    await vi.advanceTimersByTimeAsync(150);
  }
  expect(write.mock.calls.length - before).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(write.mock.calls.length - before).toBe(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(write.mock.calls.length - before).toBe(2);
});

it.each([
  ['no record', { isthmus: 1 }, 'undecodable'],
  ['a snapshot of a slice', { schemaVersion: 1, savedAt: 1, state: { items: [] } }, 'undecodable'],
  ['of another version', { schemaVersion: 2, savedAt: 1, state: {} }, 'version'],
  [
    'broken inside',
    {
      schemaVersion: 1,
      savedAt: 1,
      state: { isthmusLog: 1, kind: 'snapshot', from: 'x', head: [9, 1, 'x'], runs: [] },
    },
    'undecodable',
  ],
])('what is stored and %s is told, and stays until it is cleared', async (_, stored, reason) => {
  const snapshots = new Map<string, unknown>([[NAME, stored]]);
  const tab = openTab(memoryAdapter(snapshots));
  expect(await tab.kept.hydrated).toBe('refused');
  tab.hub.settle();
  expect(tab.refusals).toMatchObject([{ key: '@log', direction: 'read', reason }]);
  expect(tab.store.status('cart')).toBe('ready');
  expect(tab.kept.status).toBe('blocked');
  tab.add('1');
  expect(await tab.kept.flush()).toBe(false);
  expect(snapshots.get(NAME)).toEqual(stored);
  await tab.kept.clear();
  tab.add('2');
  expect(await tab.kept.flush()).toBe(true);
  const next = openTab(memoryAdapter(snapshots));
  await next.kept.hydrated;
  expect(next.state()).toEqual(expected('1', '2'));
});

it('a state against the contract is neither written nor read', async () => {
  const snapshots = new Map<string, unknown>();
  const first = openTab(memoryAdapter(snapshots));
  await first.kept.hydrated;
  first.add('1', '2');
  first.store.bridge.log.forget();
  await first.close();
  const items = { type: 'object', properties: { items: { type: 'array', maxItems: 1 } } } as const;
  const contract = { cart: { state: items } };
  const next = openTab(memoryAdapter(snapshots), { contract });
  expect(await next.kept.hydrated).toBe('refused');
  expect(next.refusals).toMatchObject([{ direction: 'read', reason: 'schema' }]);

  const other = openTab(memoryAdapter(), { contract });
  await other.kept.hydrated;
  other.add('1', '2');
  other.store.bridge.log.forget();
  expect(await other.kept.flush()).toBe(false);
  expect(other.refusals).toMatchObject([{ direction: 'write', reason: 'schema' }]);
});

it('nothing is written while the log holds an action whose contract allows credentials', async () => {
  const snapshots = new Map<string, unknown>();
  const tab = openTab(memoryAdapter(snapshots));
  await tab.kept.hydrated;
  tab.store.dispatch(cart.actions.sign('x'));
  tab.hub.settle();
  expect(await tab.kept.flush()).toBe(false);
  expect(snapshots.size).toBe(0);
  expect(tab.refusals).toMatchObject([{ direction: 'write', reason: 'secret' }]);
  expect(tab.kept.status).toBe('failing');
  tab.store.bridge.log.forget();
  tab.add('1');
  expect(await tab.kept.flush()).toBe(true);
  expect(JSON.stringify(snapshots.get(NAME))).not.toContain('cart/sign');
});

it('clear() erases the record, and the next action writes another', async () => {
  const snapshots = new Map<string, unknown>();
  const tab = openTab(memoryAdapter(snapshots));
  await tab.kept.hydrated;
  tab.add('1');
  await tab.kept.flush();
  expect(snapshots.has(NAME)).toBe(true);
  await tab.kept.clear();
  expect(snapshots.has(NAME)).toBe(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(snapshots.has(NAME)).toBe(false);
  tab.add('2');
  await vi.advanceTimersByTimeAsync(1000);
  expect(snapshots.has(NAME)).toBe(true);
});

it('what was cleared is not written again because it is settled, or the tab is closed', async () => {
  const snapshots = new Map<string, unknown>();
  const tab = openTab(memoryAdapter(snapshots));
  await tab.kept.hydrated;
  tab.store.dispatch(cart.actions.add('1'));
  await tab.kept.flush();
  await tab.kept.clear();
  tab.hub.settle();
  await vi.advanceTimersByTimeAsync(5000);
  tab.store.bridge.log.forget();
  await tab.close();
  expect(snapshots.size).toBe(0);
});

it('what is found to be cleared is not written again, either', async () => {
  const storage = new SlowStorage();
  storage.hurry();
  const tab = openTab(storage);
  await tab.kept.hydrated;
  tab.store.dispatch(cart.actions.add('1'));
  expect(await tab.kept.flush()).toBe(true);
  expect(storage.snapshots.size).toBe(1);
  storage.snapshots.clear();
  tab.hub.settle();
  await tab.kept.flush();
  expect(storage.snapshots.size).toBe(0);
  tab.add('2');
  expect(await tab.kept.flush()).toBe(true);
  expect(storage.snapshots.size).toBe(1);
});

it('what the log has forgotten is stored no more', async () => {
  const snapshots = new Map<string, unknown>();
  const tab = openTab(memoryAdapter(snapshots));
  await tab.kept.hydrated;
  tab.add('1');
  await tab.kept.flush();
  expect(JSON.stringify(snapshots.get(NAME))).toContain('cart/add');
  tab.store.bridge.log.forget();
  expect(await tab.kept.flush()).toBe(true);
  expect(JSON.stringify(snapshots.get(NAME))).not.toContain('cart/add');
  const next = openTab(memoryAdapter(snapshots));
  await next.kept.hydrated;
  expect(next.state()).toEqual(expected('1'));
});

it('of slices that are not named no state is stored', async () => {
  const snapshots = new Map<string, unknown>();
  const tab = openTab(memoryAdapter(snapshots), { slices: [cart] });
  await tab.kept.hydrated;
  tab.add('1');
  tab.store.bridge.log.forget();
  await tab.kept.flush();
  const { state } = snapshots.get(NAME) as { state: { slices: { slice: string }[] } };
  expect(state.slices.map(({ slice }) => slice.split('@')[0])).toEqual(['cart']);
});

it('a slice that is injected after the record was read begins with it', async () => {
  const snapshots = new Map<string, unknown>();
  const first = openTab(memoryAdapter(snapshots));
  await first.kept.hydrated;
  first.add('1');
  await first.close();
  const hub = createTestHub();
  const bridge = { transport: hub.connect() };
  const { store, inject, leave } = joinSharedStore({ app: 'late', name: 'shop', bridge });
  const kept = persistLog({ store, storage: memoryAdapter(snapshots) });
  opened.push(() => kept.stop().then(leave));
  await kept.hydrated;
  inject(cart);
  inject(trail);
  hub.settle();
  expect(store.read(['cart', 'items'])).toEqual(['1']);
  expect(store.read(['trail'])).toBe('1;');
});

it('a store without a bridge is refused', () => {
  expect(() => persistLog({ store: {} as never, storage: memoryAdapter() })).toThrow(
    /it has no bridge/,
  );
});
