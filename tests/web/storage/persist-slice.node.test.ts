import { configureStore, createSlice } from '@reduxjs/toolkit';
import { createIsolatedStore, defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { payload, push, reset, set } from 'isthmus/program';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import {
  memoryAdapter,
  persistSlice,
  type Persistence,
  type PersistOptions,
  type SnapshotRefusal,
  type SnapshotStorage,
} from 'isthmus/storage';
import { createTestHub } from 'isthmus/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { envelope, log, openStranger } from '../bridge/tabs.js';
import { watchGates } from './watch-gates.js';

vi.stubGlobal('document', {}); // a page, whose memberships share a store
await loadEngine();
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
const opened: Persistence[] = [];
const gates = watchGates();
afterEach(async () => {
  await Promise.all(opened.splice(0).map((persistence) => persistence.stop()));
  expect(gates.size).toBe(0);
  vi.useRealTimers();
});

const cart = defineSlice({
  name: 'cart',
  schemaVersion: 2,
  initialState: { items: [] as string[], token: null as string | null },
  reducers: {
    add: [push('/items', payload())],
    login: [set('/token', payload())],
    teardown: [reset()],
  },
});
const contract = {
  state: {
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', items: { type: 'string' } } },
  },
  never: ['/token'],
};

let pages = 0;
const NAME = 'isthmus/page/cart';
const snapshotOf = (items: unknown, schemaVersion = 2, rest: object = {}) => ({
  schemaVersion,
  savedAt: 1,
  state: { items, ...rest },
});

/** A page whose cart is kept in `snapshots`. */
function openPage(
  snapshots: Map<string, unknown> = new Map(),
  options: Partial<PersistOptions> = {},
) {
  const app = joinSharedStore({ app: 'shop', name: `page-${++pages}` });
  const lease = app.inject(cart);
  const refusals: SnapshotRefusal[] = [];
  const persistence = persistSlice({
    store: app.store,
    slice: cart,
    storage: memoryAdapter(snapshots),
    name: NAME,
    contract,
    onRefused: (refusal) => refusals.push(refusal),
    ...options,
  });
  opened.push(persistence);
  const items = () => app.store.read(['cart', 'items']);
  const status = () => app.store.status('cart');
  const add = (item: string) => app.store.dispatch(cart.actions.add(item));
  const saved = () => (snapshots.get(NAME) as { state: unknown } | undefined)?.state;
  return { ...app, lease, snapshots, refusals, persistence, items, status, add, saved };
}

describe('a persisted slice', () => {
  it('is loading until its snapshot was read, and then has its state', async () => {
    const page = openPage(new Map([[NAME, snapshotOf(['tea'])]]));
    expect([page.status(), page.items()]).toEqual(['loading', []]);
    await page.store.whenReady('cart');
    expect([page.status(), page.items()]).toEqual(['ready', ['tea']]);
    expect(await page.persistence.hydrated).toBe('restored');
    expect(page.refusals).toEqual([]);
  });

  it('starts fresh and ready where nothing was stored', async () => {
    const page = openPage();
    expect(await page.persistence.hydrated).toBe('empty');
    expect([page.status(), page.items(), page.snapshots.size]).toEqual(['ready', [], 0]);
  });

  it('is written once for all changes of a while, as plain data of its version', async () => {
    const write = vi.fn();
    const storage: SnapshotStorage = { read: () => undefined, write, remove: vi.fn() };
    const page = openPage(new Map(), { storage, saveEvery: 500 });
    await page.persistence.hydrated;
    page.add('tea');
    vi.advanceTimersByTime(200);
    page.add('cup');
    vi.advanceTimersByTime(200);
    page.add('pot');
    vi.advanceTimersByTime(99);
    await page.persistence.hydrated;
    expect(write).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    await page.persistence.flush();
    expect(write.mock.calls).toEqual([
      [
        NAME,
        { schemaVersion: 2, savedAt: expect.any(Number), state: { items: ['tea', 'cup', 'pot'] } },
      ],
    ]);
    vi.advanceTimersByTime(5000);
    await page.persistence.flush();
    expect(write).toHaveBeenCalledOnce();
  });

  it('comes back on the next page, as it was when the last one stopped', async () => {
    const first = openPage();
    await first.persistence.hydrated;
    first.add('tea');
    await first.persistence.stop();
    first.add('late');
    vi.runAllTimers();
    const second = openPage(first.snapshots);
    await second.persistence.hydrated;
    expect(second.items()).toEqual(['tea']);
  });

  it('never writes the parts that the contract names, which stay what they are', async () => {
    const page = openPage();
    await page.persistence.hydrated;
    page.store.dispatch(cart.actions.login('secret'));
    page.add('tea');
    await page.persistence.flush();
    expect(page.saved()).toEqual({ items: ['tea'] });
    const next = openPage(page.snapshots);
    await next.persistence.hydrated;
    expect(next.store.read(['cart'])).toEqual({ items: ['tea'], token: null });
  });

  it('never writes parts of the members that a * names, which stay what they are', async () => {
    const users = defineSlice({
      name: 'users',
      initialState: { byId: { a: { name: '', token: null }, b: { name: '', token: null } } } as {
        byId: Record<string, { name: string; token: string | null }>;
      },
      reducers: { put: [set('/byId', payload())] },
    });
    const snapshots = new Map<string, unknown>();
    const open = async () => {
      const { store, inject } = joinSharedStore({ app: 'users', name: `page-${++pages}` });
      inject(users);
      const options = { name: 'users', contract: { never: ['/byId/*/token'] } };
      const storage = memoryAdapter(snapshots);
      const persistence = persistSlice({ store, slice: users, storage, ...options });
      await persistence.hydrated;
      return { store, persistence };
    };
    const first = await open();
    const byId = { a: { name: 'Ann', token: 'secret' }, c: { name: 'Cy', token: 'secret' } };
    first.store.dispatch(users.actions.put(byId));
    await first.persistence.stop();
    expect(JSON.stringify([...snapshots])).not.toMatch(/token|secret/);
    const next = await open();
    const restored = { a: { name: 'Ann', token: null }, c: { name: 'Cy' } };
    expect(next.store.read(['users'])).toEqual({ byId: restored });
    await next.persistence.stop();
  });

  it('forgets its snapshot when it is cleared, and writes the next change', async () => {
    const page = openPage(new Map([[NAME, snapshotOf(['tea'])]]));
    await page.persistence.hydrated;
    page.add('cup');
    await page.persistence.clear();
    vi.runAllTimers();
    expect(page.snapshots.size).toBe(0);
    page.add('pot');
    await page.persistence.flush();
    expect(page.saved()).toEqual({ items: ['tea', 'cup', 'pot'] });
  });

  it('is only read with saveEvery: never', async () => {
    const page = openPage(new Map(), { saveEvery: 'never' });
    await page.persistence.hydrated;
    page.add('tea');
    vi.runAllTimers();
    await page.persistence.stop();
    expect(page.snapshots.size).toBe(0);
  });

  it('is not saved any more once it goes, so that its teardown does not empty the snapshot', async () => {
    const page = openPage(new Map([[NAME, snapshotOf(['tea'])]]));
    await page.persistence.hydrated;
    page.add('cup');
    page.lease.dispose({ now: true });
    page.inject(cart);
    vi.runAllTimers();
    await page.persistence.flush();
    expect(page.items()).toEqual([]);
    expect(page.saved()).toEqual({ items: ['tea'] });
    expect(gates.size).toBe(0);
  });

  it('leaves nothing behind when it is stopped, even while it is loading', async () => {
    const storage = { ...memoryAdapter(), read: () => new Promise(() => undefined) };
    for (const options of [{}, { storage }]) {
      const page = openPage(new Map([[NAME, snapshotOf(['tea'])]]), options);
      if (!('storage' in options)) await page.persistence.hydrated;
      await page.persistence.stop();
      expect(page.status()).toBe('ready');
      expect(page.store.inspect()).toMatchObject({ watchers: 0, listeners: 0 });
      expect(gates.size).toBe(0);
    }
  });
});

describe('a snapshot', () => {
  it('of an older version is carried to the present one', async () => {
    const upcast = { 1: [push('/items', 'from 1')] };
    const snapshots = new Map([[NAME, snapshotOf(['tea'], 1)]]);
    const page = openPage(snapshots, { contract: { ...contract, upcast } });
    await page.persistence.hydrated;
    expect(page.items()).toEqual(['tea', 'from 1']);
  });

  it.each([
    ['of a version without casters', snapshotOf(['tea'], 1), 'version'],
    ['of a newer version', snapshotOf(['tea'], 3), 'version'],
    ['against the schema', snapshotOf(['geheim', 7]), 'schema'],
    ['with a part that never leaves', snapshotOf(['tea'], 2, { token: 'geheim' }), 'secret'],
    ['with a version that is none', snapshotOf(['tea'], 'geheim' as never), 'protocol'],
    ['that is text', 'geheim', 'undecodable'],
    ['without a state', { schemaVersion: 2 }, 'undecodable'],
    ['with what is no data', snapshotOf([new Date()]), 'undecodable'],
  ])(
    '%s is refused, told and never written over; the slice starts fresh',
    async (_what, snapshot, reason) => {
      const page = openPage(new Map([[NAME, snapshot]]));
      expect(await page.persistence.hydrated).toBe('refused');
      expect([page.status(), page.items()]).toEqual(['ready', []]);
      expect(page.refusals).toEqual([
        { key: 'cart', direction: 'read', reason, message: expect.any(String) },
      ]);
      expect(page.refusals[0]!.message).not.toContain('geheim');
      page.add('tea');
      expect(await page.persistence.flush()).toBe(false);
      expect([page.persistence.status, page.persistence.refusal]).toEqual([
        'blocked',
        page.refusals[0],
      ]);
      await page.persistence.stop();
      expect([...page.snapshots]).toEqual([[NAME, snapshot]]);
      expect(page.refusals).toHaveLength(1);
    },
  );

  it('that the storage cannot read is refused, at once or later, and after its time', async () => {
    const fails = [
      () => {
        throw new Error('no access');
      },
      () => Promise.reject(new Error('no access')),
    ];
    for (const read of fails) {
      const page = openPage(new Map(), { storage: { ...memoryAdapter(), read } });
      expect(await page.persistence.hydrated).toBe('refused');
      expect(page.refusals).toMatchObject([{ reason: 'storage', message: 'no access' }]);
      expect(page.status()).toBe('ready');
    }
    const silent = { ...memoryAdapter(), read: () => new Promise(() => undefined) };
    const page = openPage(new Map(), { storage: silent, timeout: 300 });
    vi.advanceTimersByTime(300);
    expect(await page.persistence.hydrated).toBe('refused');
    expect(page.refusals[0]!.message).toMatch(/not answered within 300 ms/);
    expect(page.status()).toBe('ready');
  });

  it('is told to the console by default', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const page = openPage(new Map([[NAME, 'text']]), { onRefused: undefined });
    await page.persistence.hydrated;
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/snapshot of 'cart' is not used, so the slice starts fresh/),
    );
    warn.mockRestore();
  });

  it('with credentials is not written, nor one against the schema', async () => {
    const page = openPage();
    await page.persistence.hydrated;
    page.add('Bearer abcdefghijklmnopqrstuvwxyz012345');
    await page.persistence.flush();
    page.store.hydrate('cart', { items: 7, token: null });
    await page.persistence.flush();
    expect(page.refusals.map(({ direction, reason }) => [direction, reason])).toEqual([
      ['write', 'secret'],
      ['write', 'schema'],
    ]);
    expect(page.snapshots.size).toBe(0);
  });

  it('that the storage cannot write is told, and the next one is written', async () => {
    const snapshots = new Map<string, unknown>();
    const memory = memoryAdapter(snapshots);
    const write = vi.fn(memory.write).mockImplementationOnce(() => {
      throw new Error('quota');
    });
    const page = openPage(snapshots, { storage: { ...memory, write } });
    await page.persistence.hydrated;
    page.add('tea');
    await page.persistence.flush();
    expect(page.refusals).toMatchObject([{ direction: 'write', reason: 'storage' }]);
    page.add('cup');
    await page.persistence.flush();
    expect(page.saved()).toEqual({ items: ['tea', 'cup'] });
  });

  it('may be larger than a message', async () => {
    const items = Array.from({ length: 60_000 }, (_, i) => `item ${i}`);
    const page = openPage(new Map([[NAME, snapshotOf(items)]]));
    await page.persistence.hydrated;
    page.add('last');
    await page.persistence.flush();
    expect(page.refusals).toEqual([]);
    expect(page.saved()).toEqual({ items: [...items, 'last'] });
  });
});

it('a slice that is injected later has its snapshot before what was parked for it', async () => {
  const hub = createTestHub();
  const name = `page-${++pages}`;
  const app = joinSharedStore({ app: 'host', name, bridge: { transport: hub.connect() } });
  app.expect('log', log.contract);
  openStranger(hub).post(envelope({ payload: 'parked' }));
  const storage = memoryAdapter(
    new Map([[`isthmus/${name}/log`, { schemaVersion: 1, state: ['saved'] }]]),
  );
  const persistence = persistSlice({ store: app.store, slice: 'log', storage });
  opened.push(persistence);
  expect(await persistence.hydrated).toBe('restored');
  expect(app.store.status('log')).toBe('loading');
  app.inject(log);
  expect(app.store.status('log')).toBe('ready');
  expect(app.store.read(['log'])).toEqual(['saved', 'parked']);
});

it('keeps a slice of Redux Toolkit in a store that configureStore made', async () => {
  const todos = createSlice({
    name: 'todos',
    initialState: {} as Record<string, { text: string }>,
    reducers: {
      add: (state, { payload: text }: { payload: string }) => void (state[text] = { text }),
    },
  });
  const open = () =>
    configureStore({
      reducer: { [todos.reducerPath]: todos.reducer },
      middleware: (defaults) => defaults().concat(isthmusMiddleware),
      enhancers: (defaults) => defaults().prepend(isthmusEnhancer()),
    });
  const storage = memoryAdapter();
  const first = open();
  const kept = persistSlice({ store: first, slice: todos, storage });
  await kept.hydrated;
  const texts = Array.from({ length: 100 }, (_, i) => `todo ${i}`);
  for (const text of texts) first.dispatch(todos.actions.add(text));
  await kept.stop();
  const second = open();
  const again = persistSlice({ store: second, slice: todos, storage, saveEvery: 'never' });
  expect(await again.hydrated).toBe('restored');
  expect(second.getState()).toEqual(first.getState());
  second.dispatch(todos.actions.add('more'));
  expect(second.read(['todos', 'more', 'text'])).toBe('more');
});

it('keeps a native map that is shown as a Proxy', async () => {
  const map = defineSlice({
    name: 'map',
    initialState: {} as Record<string, number>,
    reducers: { put: [set([payload('key')], payload('value'))] },
  });
  const storage = memoryAdapter();
  const first = createIsolatedStore({ name: 'app', slices: [map] });
  const kept = persistSlice({ store: first, slice: map, storage });
  await kept.hydrated;
  for (let i = 0; i < 100; i++) first.dispatch(map.actions.put({ key: `k${i}`, value: i }));
  await kept.stop();
  const second = createIsolatedStore({ name: 'app', slices: [map] });
  await persistSlice({ store: second, slice: map, storage, saveEvery: 'never' }).hydrated;
  expect(second.getState()).toEqual(first.getState());
});

it('a contract that is wrong is an error at once', () => {
  const { store } = joinSharedStore({ app: 'shop', name: `page-${++pages}` });
  const open = () =>
    persistSlice({
      store,
      slice: cart,
      storage: memoryAdapter(),
      contract: { state: { type: 7 } },
    });
  expect(open).toThrow(expect.objectContaining({ code: 'invalid-definition' }));
  expect(store.status('cart')).toBe('absent');
});
