// A page that goes, or is the only one to know of something, and what the log stores then.

import {
  createIsolatedStore,
  defineSlice,
  loadEngine,
  type OpenTransport,
  type TransportLocks,
} from 'isthmus';
import { payload, push } from 'isthmus/program';
import { memoryAdapter, persistLog, type SnapshotStorage } from 'isthmus/storage';
import { createTestHub } from 'isthmus/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { document, settled, window } from './kept-cart.js';

await loadEngine();
const NAME = 'isthmus/shop/@log';
const cart = defineSlice({
  name: 'cart',
  converge: true,
  initialState: { items: [] as string[] },
  reducers: { add: [push('/items', payload())] },
  contract: { 'cart/add': { payload: { type: 'string', maxLength: 40 } } },
});

const opened: (() => Promise<void>)[] = [];
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
  window.dispatchEvent(new Event('pageshow'));
  document.visibilityState = 'visible';
  vi.useRealTimers();
});

function openTab(
  storage: SnapshotStorage,
  { items, locks }: { items?: string[]; locks?: TransportLocks | false } = {},
) {
  const hub = createTestHub();
  const connect = hub.connect();
  const transport: OpenTransport = (name) => {
    const opened = connect(name);
    return locks ? Object.assign(opened, { locks }) : opened;
  };
  const bridge = { transport, ...(locks === false && { log: { locks } }) };
  const preloadedState = items && { cart: { items } };
  const store = createIsolatedStore({ name: 'shop', slices: [cart], bridge, preloadedState });
  const kept = persistLog({ store, storage });
  opened.push(() => kept.stop().then(store.dispose));
  const add = (item: string) => store.dispatch(cart.actions.add(item));
  return { hub, store, kept, add, items: () => store.read(['cart', 'items']) };
}

const recordIn = (snapshots: Map<string, unknown>) => JSON.stringify(snapshots.get(NAME));
const end = (event: string, persisted?: boolean) => {
  if (event === 'visibilitychange') document.visibilityState = 'hidden';
  window.dispatchEvent(Object.assign(new Event(event), { persisted }));
};
const neverTold: TransportLocks = { held: () => undefined, request: () => () => undefined };

describe('a tab that begins with a state of its own, and goes at once, leaves it to the next', () => {
  it.each([
    ['closed alone', 'pagehide', false, undefined],
    ['put into the cache alone', 'pagehide', true, undefined],
    ['hidden alone', 'visibilitychange', undefined, undefined],
    ['closed before anybody had the time to answer', 'pagehide', false, false],
    ['put into the cache before that', 'pagehide', true, false],
    ['closed before it is known who else is there', 'pagehide', false, neverTold],
  ] as const)('%s', async (_, event, persisted, locks) => {
    const storage = memoryAdapter();
    const tab = openTab(storage, {
      items: ['from the server'],
      ...(locks !== undefined && { locks }),
    });
    await tab.kept.hydrated;
    end(event, persisted);
    await settled();

    const next = openTab(storage);
    expect(await next.kept.hydrated).toBe('restored');
    next.hub.settle();
    expect(next.items()).toEqual(['from the server']);
  });
});

it('what was stored of a tab that goes on is nothing that tabs could disagree about', async () => {
  const storage = memoryAdapter();
  const tab = openTab(storage, { items: ['from the server'] });
  await tab.kept.hydrated;
  for (const item of ['1', '2', '3']) {
    tab.add(item);
    await tab.kept.flush(); // each time before it is settled
  }
  tab.hub.settle();
  tab.add('4');
  await tab.kept.flush();
  const next = openTab(storage);
  await next.kept.hydrated;
  next.hub.settle();
  expect(next.items()).toEqual(['from the server', '1', '2', '3', '4']);
  expect(next.items()).toEqual(tab.items());
});

describe('of a flood that no reducer here takes and nothing has settled', () => {
  const flooded = async (snapshots: Map<string, unknown>) => {
    const tab = openTab(memoryAdapter(snapshots));
    await tab.kept.hydrated;
    tab.hub.settle();
    const stranger = tab.hub.connect('stranger')('isthmus');
    for (let seq = 0; seq < 200; seq++) {
      const envelope = {
        isthmus: 1,
        sender: 'evil',
        from: 'shop',
        seq,
        clock: seq,
        schemaVersion: 1,
      };
      const action = { type: 'cart/add', payload: 'x'.repeat(2000), meta: { crossApp: true } };
      stranger.post({ ...envelope, action });
    }
    tab.hub.flush();
    tab.add('own');
    expect(tab.store.bridge.log.entries().length).toBeGreaterThan(200);
    return tab;
  };

  it('64 kB are stored each second, and all that was dispatched here', async () => {
    const snapshots = new Map<string, unknown>();
    await flooded(snapshots);
    await vi.advanceTimersByTimeAsync(1000);
    expect(recordIn(snapshots)).toContain('own');
    expect(recordIn(snapshots).length).toBeLessThan(100_000);

    const next = openTab(memoryAdapter(snapshots));
    await next.kept.hydrated;
    next.hub.settle();
    expect(next.items()).toEqual(['own']);
  });

  it.each(['pagehide', 'visibilitychange', 'flush'])('all is stored at %s', async (how) => {
    const snapshots = new Map<string, unknown>();
    const tab = await flooded(snapshots);
    await vi.advanceTimersByTimeAsync(1000);
    if (how === 'flush') expect(await tab.kept.flush()).toBe(true);
    else end(how, false);
    await settled();
    expect(recordIn(snapshots).length).toBeGreaterThan(400_000);
  });

  it('nothing of it is left to write once it is settled', async () => {
    const snapshots = new Map<string, unknown>();
    const tab = await flooded(snapshots);
    await vi.advanceTimersByTimeAsync(1000);
    tab.hub.settle();
    await vi.advanceTimersByTimeAsync(2000);
    const record = recordIn(snapshots);
    await vi.advanceTimersByTimeAsync(5000);
    await tab.kept.flush();
    expect(recordIn(snapshots)).toBe(record);
  });
});
