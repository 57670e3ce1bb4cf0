import { createIsolatedStore, crossApp, defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { payload, push } from 'isthmus/program';
import { memoryAdapter, persistSlice, type Persistence } from 'isthmus/storage';
import { createTestHub } from 'isthmus/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { SlowStorage } from './slow-storage.js';

vi.stubGlobal('document', {}); // a page, whose memberships share a store
await loadEngine();
const opened: Persistence[] = [];
const slow: SlowStorage[] = [];
const slowStorage = () => {
  const storage = new SlowStorage();
  slow.push(storage);
  return storage;
};
afterEach(async () => {
  for (const storage of slow.splice(0)) storage.hurry();
  await Promise.all(opened.splice(0).map((persistence) => persistence.stop()));
});

const log = defineSlice({
  name: 'log',
  initialState: [] as number[],
  reducers: { add: [push('', payload())] },
  contract: { 'log/add': {} },
});
const NAME = 'log';
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

function openTab(hub: ReturnType<typeof createTestHub>) {
  const bridge = { transport: hub.connect() };
  const store = createIsolatedStore({ name: 'shared', slices: [log], bridge });
  return {
    store,
    send: (list: number[]) => {
      for (const number of list) store.dispatch(crossApp(log.actions.add(number)));
      hub.flush();
    },
  };
}

function keep(store: Parameters<typeof persistSlice>[0]['store'], storage = memoryAdapter()) {
  const persistence = persistSlice({ store, slice: 'log', storage, name: NAME });
  opened.push(persistence);
  return persistence;
}

it('what other tabs send while the snapshot is read comes after it, all of it and once', async () => {
  const hub = createTestHub();
  const sender = openTab(hub);
  const storage = slowStorage();

  const first = openTab(hub);
  const kept = keep(first.store, storage);
  await storage.answer('read');
  sender.send(numbers(0, 100));
  const flushed = kept.stop();
  await storage.answer('read', 'write');
  await flushed;
  first.store.dispose();

  const second = openTab(hub);
  const again = keep(second.store, storage);
  sender.send(numbers(100, 400));
  expect(second.store.read(['log'])).toEqual([]);
  await storage.answer('read');
  expect(await again.hydrated).toBe('restored');
  hub.flush();
  expect(second.store.read(['log'])).toEqual(numbers(0, 400));
  expect(second.store.bridge.counters()).toMatchObject({ accepted: 300, dropped: {} });
});

it('what waits is applied where there is no snapshot, or none is given', async () => {
  for (const end of [
    (storage: SlowStorage) => storage.answer('read'),
    async (_storage: SlowStorage, kept: Persistence) => kept.stop(),
    async (storage: SlowStorage, kept: Persistence) => {
      void kept.clear();
      await storage.answer('read', 'remove');
    },
  ]) {
    const hub = createTestHub();
    const [sender, tab] = [openTab(hub), openTab(hub)];
    const storage = slowStorage();
    const kept = keep(tab.store, storage);
    sender.send([1, 2]);
    expect(tab.store.read(['log'])).toEqual([]);
    await end(storage, kept);
    hub.flush();
    expect(tab.store.read(['log'])).toEqual([1, 2]);
  }
});

it('a slice that goes while its snapshot is read holds up no other', async () => {
  const hub = createTestHub();
  const sender = openTab(hub);
  const bridge = { transport: hub.connect() };
  const app = joinSharedStore({ app: 'host', name: 'shared-1', slices: [log], bridge });
  const other = defineSlice({ name: 'other', initialState: 0, reducers: {} });
  const lease = app.inject(other);
  opened.push(
    persistSlice({ store: app.store, slice: other, storage: slowStorage(), name: 'other' }),
  );
  lease.dispose({ now: true });
  sender.send([1]);
  expect(app.store.read(['log'])).toEqual([1]);
});

it('a parked message that the snapshot holds already is not applied again', async () => {
  const hub = createTestHub();
  const sender = openTab(hub);
  const storage = memoryAdapter();
  // This tab hears 1 and 2, saves them, and is reloaded ...
  const first = openTab(hub);
  const kept = keep(first.store, storage);
  await kept.hydrated;
  // ... while the other one, whose log comes late, parks 2 and 3.
  const bridge = { transport: hub.connect() };
  sender.send([1]);
  const app = joinSharedStore({ app: 'host', name: 'late', bridge });
  app.expect('log', { 'log/add': {} });
  sender.send([2]);
  await kept.stop();
  first.store.dispose();
  sender.send([3]);
  expect(await keep(app.store, storage).hydrated).toBe('restored');
  app.inject(log);
  hub.flush();
  expect(app.store.read(['log'])).toEqual([1, 2, 3]);
  expect(app.store.bridge.counters().dropped).toEqual({ duplicate: 1 });
});

it('a state that is saved within a dispatch is saved with what it holds', async () => {
  const hub = createTestHub();
  const sender = openTab(hub);
  const snapshots = new Map<string, unknown>();
  const tab = openTab(hub);
  const kept = keep(tab.store, memoryAdapter(snapshots));
  await kept.hydrated;
  const flushes: Promise<boolean>[] = [];
  tab.store.watch(['log'], () => flushes.push(kept.flush()));
  tab.store.dispatch(log.actions.add(0));
  sender.send([1]);
  await Promise.all(flushes);
  await kept.flush();
  const { heard, state } = snapshots.get(NAME) as { heard: object; state: number[] };
  expect(state).toEqual([0, 1]);
  expect(Object.values(heard)).toContainEqual([1, 1]);
});
