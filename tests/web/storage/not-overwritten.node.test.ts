import {
  createIsolatedStore,
  crossApp,
  defineSlice,
  loadEngine,
  payload,
  push,
  reset,
  set,
} from 'isthmus';
import {
  memoryAdapter,
  persistSlice,
  type Persistence,
  type PersistOptions,
  type Removal,
  type SnapshotRefusal,
  type SnapshotStorage,
} from 'isthmus/storage';
import { createTestHub, type TestHub } from 'isthmus/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SlowStorage } from './slow-storage.js';

// The window and its document, as far as their being hidden goes.
const window = new EventTarget();
const document = { visibilityState: 'visible' };
vi.stubGlobal('document', document);
vi.stubGlobal('navigator', {}); // later releases of Node.js have locks
vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
await loadEngine();

const opened: (() => Promise<void>)[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  document.visibilityState = 'visible';
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
  vi.useRealTimers();
});

const NAME = 'cart';
const cartOf = (schemaVersion: number) =>
  defineSlice({
    name: 'cart',
    schemaVersion,
    initialState: { items: [] as string[], note: '' },
    reducers: { add: [push('/items', payload())], write: [set('/note', payload())] },
    on: { 'auth/logout': [reset()] },
    contract: { 'cart/add': {} },
  });
const carts = { 1: cartOf(1), 2: cartOf(2) };
const snapshotOf = (items: unknown, schemaVersion = 1, savedAt = 1) => ({
  ...{ schemaVersion, savedAt },
  state: { items, note: '' },
});
const stateOf = (snapshots: Map<string, unknown>) =>
  (snapshots.get(NAME) as { state: { items: string[] } } | undefined)?.state.items;
const settled = async () => {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
};

/** A tab whose cart is kept in `storage`. */
function openTab(
  storage: SnapshotStorage,
  options: Partial<PersistOptions> & { hub?: TestHub; release?: 1 | 2 } = {},
) {
  const { hub = createTestHub(), release = 1, ...rest } = options;
  const cart = carts[release];
  const bridge = { transport: hub.connect() };
  const store = createIsolatedStore({ name: 'shop', slices: [cart], bridge });
  const refusals: SnapshotRefusal[] = [];
  const persistence: Persistence = persistSlice({
    ...{ store, slice: cart, storage, name: NAME },
    contract: {
      state: { type: 'object', properties: { items: { items: { type: 'string' } } } },
      upcast: { 1: [push('/items', 'carried')] },
    },
    onRefused: (refusal) => refusals.push(refusal),
    ...rest,
  });
  opened.push(() => persistence.stop().then(store.dispose));
  const items = () => store.read(['cart', 'items']);
  const add = (item: string) => store.dispatch(cart.actions.add(item));
  return { store, persistence, refusals, items, add, cart };
}

describe('a storage that fails or is late', () => {
  it('is read again at once, so that one failure is not even told', async () => {
    const memory = memoryAdapter(new Map([[NAME, snapshotOf(['tea'])]]));
    const read = vi.fn(memory.read).mockRejectedValueOnce(new Error('asleep') as never);
    const tab = openTab({ ...memory, read });
    expect(await tab.persistence.hydrated).toBe('restored');
    expect([tab.items(), tab.refusals]).toEqual([['tea'], []]);
  });

  it('is tried again ever more seldom, a bounded number of times, and its answer is taken', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['tea'])]]);
    const memory = memoryAdapter(snapshots);
    let isBroken = true;
    const read = vi.fn((name: string) =>
      isBroken ? Promise.reject(new Error('broken')) : memory.read(name),
    );
    const tab = openTab({ ...memory, read });
    expect(await tab.persistence.hydrated).toBe('refused');
    tab.add('cup');
    for (let i = 0; i < 20; i++) await vi.advanceTimersByTimeAsync(60_000);
    expect(read.mock.calls.length).toBeLessThan(10);
    expect([tab.persistence.status, stateOf(snapshots)]).toEqual(['blocked', ['tea']]);
    expect(tab.refusals).toHaveLength(1);
    isBroken = false;
    expect(await tab.persistence.flush()).toBe(true);
    expect([tab.items(), tab.persistence.status]).toEqual([['tea'], 'saving']);
    tab.add('pot');
    await tab.persistence.flush();
    expect(stateOf(snapshots)).toEqual(['tea', 'pot']);
  });

  it('and had nothing gets what was changed meanwhile', async () => {
    const snapshots = new Map<string, unknown>();
    const memory = memoryAdapter(snapshots);
    const read = vi.fn(memory.read);
    for (let i = 0; i < 2; i++) read.mockRejectedValueOnce(new Error('broken') as never);
    const tab = openTab({ ...memory, read });
    expect(await tab.persistence.hydrated).toBe('refused');
    tab.add('cup');
    await vi.advanceTimersByTimeAsync(100);
    expect([stateOf(snapshots), tab.persistence.status]).toEqual([['cup'], 'saving']);
  });

  it('gives what it gives after its time: that is taken, and nothing written over it', async () => {
    const storage = new SlowStorage(new Map([[NAME, snapshotOf(['tea'])]]));
    const tab = openTab(storage, { timeout: 300 });
    const read = await storage.next('read');
    await vi.advanceTimersByTimeAsync(300);
    expect(await tab.persistence.hydrated).toBe('refused');
    tab.add('cup');
    await vi.advanceTimersByTimeAsync(5000);
    expect(await tab.persistence.flush()).toBe(false);
    expect([storage.calls, stateOf(storage.snapshots)]).toEqual([[], ['tea']]);
    read.answer();
    await settled();
    expect([tab.items(), tab.persistence.status]).toEqual([['tea'], 'saving']);
    tab.add('pot');
    void tab.persistence.flush();
    await storage.answer('read', 'write');
    expect(stateOf(storage.snapshots)).toEqual(['tea', 'pot']);
  });

  it('takes what is flushed once it has room again, and flush tells when it has not', async () => {
    const snapshots = new Map<string, unknown>();
    const memory = memoryAdapter(snapshots);
    let isFull = true;
    const write = (name: string, snapshot: unknown) => {
      if (isFull) throw new Error('quota');
      return memory.write(name, snapshot);
    };
    const tab = openTab({ ...memory, write });
    await tab.persistence.hydrated;
    tab.add('tea');
    expect(await tab.persistence.flush()).toBe(false);
    expect(await tab.persistence.flush()).toBe(false);
    expect(tab.refusals.map(({ message }) => message)).toEqual(['quota', 'quota']);
    expect(tab.persistence.status).toBe('failing');
    isFull = false;
    expect(await tab.persistence.flush()).toBe(true);
    expect([stateOf(snapshots), tab.persistence.status]).toEqual([['tea'], 'saving']);
  });

  it('takes by itself what it had no room for', async () => {
    const snapshots = new Map<string, unknown>();
    const memory = memoryAdapter(snapshots);
    const write = vi.fn(memory.write).mockImplementationOnce(() => {
      throw new Error('quota');
    });
    const tab = openTab({ ...memory, write });
    await tab.persistence.hydrated;
    tab.add('tea');
    await vi.advanceTimersByTimeAsync(1000);
    expect(stateOf(snapshots)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(100);
    expect(stateOf(snapshots)).toEqual(['tea']);
  });
});

describe('two releases', () => {
  it('the old tab does not write over the snapshot of the new one, and says so', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['tea'])]]);
    const old = openTab(memoryAdapter(snapshots));
    await old.persistence.hydrated;
    const next = openTab(memoryAdapter(snapshots), { release: 2 });
    await next.persistence.hydrated;
    next.add('new');
    await next.persistence.flush();
    old.add('old');
    expect(await old.persistence.flush()).toBe(false);
    old.add('older');
    await vi.advanceTimersByTimeAsync(60_000);
    await old.persistence.stop();
    expect(snapshots.get(NAME)).toMatchObject({ schemaVersion: 2 });
    expect(stateOf(snapshots)).toEqual(['tea', 'carried', 'new']);
    expect(old.refusals.map(({ reason }) => reason)).toEqual(['version']);
  });

  it('the new tab carries on from what the old one wrote meanwhile', async () => {
    const snapshots = new Map<string, unknown>();
    const next = openTab(memoryAdapter(snapshots), { release: 2 });
    await next.persistence.hydrated;
    const old = openTab(memoryAdapter(snapshots));
    await old.persistence.hydrated;
    old.add('old');
    await old.persistence.flush();
    next.add('new');
    await next.persistence.flush();
    expect(snapshots.get(NAME)).toMatchObject({ schemaVersion: 2, state: { items: ['new'] } });
  });

  it('clear() is the way out for a snapshot that no release can read', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['tea'], 9)]]);
    const tab = openTab(memoryAdapter(snapshots));
    await tab.persistence.hydrated;
    expect(tab.persistence.status).toBe('blocked');
    await tab.persistence.clear();
    expect([snapshots.size, tab.persistence.status]).toEqual([0, 'saving']);
    tab.add('cup');
    await tab.persistence.flush();
    expect(stateOf(snapshots)).toEqual(['cup']);
  });
});

describe('two tabs', () => {
  it('one that only heard of an action does not write over what the other changed', async () => {
    const [snapshots, hub] = [new Map<string, unknown>(), createTestHub()];
    const [busy, idle] = [0, 1].map(() => openTab(memoryAdapter(snapshots), { hub }));
    await Promise.all([busy!.persistence.hydrated, idle!.persistence.hydrated]);
    busy!.store.dispatch(busy!.cart.actions.write('mine'));
    busy!.store.dispatch(crossApp(busy!.cart.actions.add('tea')));
    hub.flush();
    expect(idle!.items()).toEqual(['tea']);
    await vi.advanceTimersByTimeAsync(10_000);
    await idle!.persistence.stop();
    expect(snapshots.get(NAME)).toMatchObject({ state: { items: ['tea'], note: 'mine' } });
  });

  it('nor does it keep the other from writing, when it is hidden first', async () => {
    const [snapshots, hub] = [new Map<string, unknown>(), createTestHub()];
    const [busy, idle] = [0, 1].map(() => openTab(memoryAdapter(snapshots), { hub }));
    await Promise.all([busy!.persistence.hydrated, idle!.persistence.hydrated]);
    busy!.store.dispatch(busy!.cart.actions.write('mine'));
    busy!.store.dispatch(crossApp(busy!.cart.actions.add('tea')));
    hub.flush();
    await idle!.persistence.flush();
    expect(stateOf(snapshots)).toEqual(['tea']);
    await busy!.persistence.flush();
    expect(snapshots.get(NAME)).toMatchObject({ state: { items: ['tea'], note: 'mine' } });
  });

  it('what came over the bridge is kept where nobody else keeps it', async () => {
    const [snapshots, hub] = [new Map<string, unknown>(), createTestHub()];
    const kept = openTab(memoryAdapter(snapshots), { hub });
    await kept.persistence.hydrated;
    const bridge = { transport: hub.connect() };
    const sender = createIsolatedStore({ name: 'sender', slices: [carts[1]], bridge });
    sender.dispatch(crossApp(carts[1].actions.add('tea')));
    hub.flush();
    await vi.advanceTimersByTimeAsync(2000);
    expect(stateOf(snapshots)).toEqual(['tea']);
  });

  it('of two changes the later is kept, whoever writes it last', async () => {
    const snapshots = new Map<string, unknown>();
    const [a, b] = [0, 1].map(() => openTab(memoryAdapter(snapshots)));
    await Promise.all([a!.persistence.hydrated, b!.persistence.hydrated]);
    const clock = vi.spyOn(Date, 'now');
    clock.mockReturnValue(10_000);
    a!.add('earlier');
    clock.mockReturnValue(20_000);
    b!.add('later');
    await b!.persistence.flush();
    await a!.persistence.flush();
    expect(stateOf(snapshots)).toEqual(['later']);
    clock.mockReturnValue(30_000);
    a!.add('last');
    await a!.persistence.flush();
    expect(stateOf(snapshots)).toEqual(['earlier', 'last']);
    clock.mockRestore();
  });

  it('a change counts after the clock was set back', async () => {
    const snapshots = new Map<string, unknown>();
    const [a, b] = [0, 1].map(() => openTab(memoryAdapter(snapshots)));
    await Promise.all([a!.persistence.hydrated, b!.persistence.hydrated]);
    a!.add('before');
    await a!.persistence.flush();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(10_000);
    b!.add('after');
    await b!.persistence.flush();
    clock.mockRestore();
    expect(stateOf(snapshots)).toEqual(['after']);
  });
});

describe('a page that is hidden', () => {
  it.each(['visibilitychange', 'pagehide'])(
    'saves at once what its own listeners of %s change, before and after',
    async (event) => {
      const snapshots = new Map<string, unknown>();
      const changes: ((item: string) => void)[] = [];
      const before = () => changes.forEach((change) => change('before'));
      const after = () => changes.forEach((change) => change('after'));
      window.addEventListener(event, before);
      const tab = openTab(memoryAdapter(snapshots));
      window.addEventListener(event, after);
      await tab.persistence.hydrated;
      changes.push(tab.add);
      if (event === 'visibilitychange') document.visibilityState = 'hidden';
      window.dispatchEvent(new Event(event));
      await settled();
      expect(stateOf(snapshots)).toEqual(['before', 'after']);
      tab.add('unload');
      await settled();
      expect(stateOf(snapshots)).toEqual(['before', 'after', 'unload']);
      expect(tab.refusals).toEqual([]);
      window.removeEventListener(event, before);
      window.removeEventListener(event, after);
      window.dispatchEvent(new Event('pageshow'));
    },
  );

  it('gives a slow storage all of it in the same task, in order', async () => {
    const storage = new SlowStorage();
    const tab = openTab(storage);
    await storage.answer('read');
    tab.add('tea');
    window.dispatchEvent(new Event('pagehide'));
    expect(storage.calls.map(({ what }) => what)).toEqual(['write']);
    tab.add('cup');
    await settled();
    expect(storage.calls.map(({ what }) => what)).toEqual(['write', 'write']);
    await storage.answer('write', 'write');
    expect(stateOf(storage.snapshots)).toEqual(['tea', 'cup']);
    window.dispatchEvent(new Event('pageshow'));
  });

  const comeBack = () =>
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));

  it('and comes back takes what another page wrote, before it writes', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['old user'])]]);
    const tab = openTab(memoryAdapter(snapshots));
    await tab.persistence.hydrated;
    window.dispatchEvent(new Event('pagehide'));
    snapshots.set(NAME, snapshotOf(['new user']));
    comeBack();
    await settled();
    tab.add('tea');
    await tab.persistence.flush();
    expect(stateOf(snapshots)).toEqual(['new user', 'tea']);
  });

  it('and comes back after another page has cleared it starts anew', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['old user'])]]);
    const tab = openTab(memoryAdapter(snapshots));
    await tab.persistence.hydrated;
    window.dispatchEvent(new Event('pagehide'));
    snapshots.delete(NAME);
    comeBack();
    tab.add('at once');
    await tab.persistence.flush();
    expect([tab.items(), stateOf(snapshots)]).toEqual([[], undefined]);
    tab.add('tea');
    await tab.persistence.flush();
    expect(stateOf(snapshots)).toEqual(['tea']);
  });

  it('and comes back starts anew, too, if it hears of the removal before it has looked', async () => {
    const storage = new SlowStorage(new Map([[NAME, snapshotOf(['old user'])]]));
    let tell: (change: 'removed') => void = () => undefined;
    const watch: SnapshotStorage['watch'] = (_name, listener) => {
      tell = listener;
      return () => undefined;
    };
    const tab = openTab(Object.assign(storage, { watch }));
    await storage.answer('read');
    window.dispatchEvent(new Event('pagehide'));
    storage.snapshots.delete(NAME);
    comeBack();
    tell('removed');
    expect(tab.items()).toEqual([]);
    await storage.answer('read');
    expect([tab.items(), tab.persistence.status]).toEqual([[], 'saving']);
  });

  it('and comes back to what it left keeps what could not be saved', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['tea'])]]);
    const memory = memoryAdapter(snapshots);
    const write = vi.fn(memory.write).mockImplementationOnce(() => {
      throw new Error('quota');
    });
    const tab = openTab({ ...memory, write });
    await tab.persistence.hydrated;
    tab.add('cup');
    window.dispatchEvent(new Event('pagehide'));
    await settled();
    comeBack();
    await settled();
    expect([tab.items(), stateOf(snapshots)]).toEqual([
      ['tea', 'cup'],
      ['tea', 'cup'],
    ]);
  });
});

describe('clear()', () => {
  it('while the snapshot is read: it is neither restored nor saved again', async () => {
    const storage = new SlowStorage(new Map([[NAME, snapshotOf(['old user'])]]));
    const tab = openTab(storage);
    const read = await storage.next('read');
    const cleared = tab.persistence.clear();
    read.answer();
    await storage.answer('remove');
    await cleared;
    expect(await tab.persistence.hydrated).toBe('empty');
    expect([tab.items(), tab.store.status('cart')]).toEqual([[], 'ready']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([storage.snapshots.size, storage.calls]).toEqual([0, []]);
    tab.add('tea');
    void tab.persistence.flush();
    await storage.answer('read', 'write');
    expect(stateOf(storage.snapshots)).toEqual(['tea']);
  });

  it('before a slice is there whose snapshot was read: it starts fresh', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['old user'])]]);
    const store = createIsolatedStore({ name: 'shop' });
    const persistence = persistSlice({
      ...{ store, slice: 'cart', storage: memoryAdapter(snapshots), name: NAME },
    });
    opened.push(() => persistence.stop().then(store.dispose));
    expect(await persistence.hydrated).toBe('restored');
    await persistence.clear();
    store.registerReducer('cart', (state: unknown = 'fresh') => state);
    expect([store.read(['cart']), store.status('cart'), snapshots.size]).toEqual([
      'fresh',
      'ready',
      0,
    ]);
  });

  it('wins over a write that is under way, however late that lands', async () => {
    const storage = new SlowStorage();
    const tab = openTab(storage);
    await storage.answer('read');
    tab.add('old user');
    window.dispatchEvent(new Event('pagehide'));
    window.dispatchEvent(new Event('pageshow'));
    const write = await storage.next('write');
    const cleared = tab.persistence.clear();
    await storage.answer('remove');
    write.answer();
    await storage.answer('remove');
    await cleared;
    expect(storage.snapshots.size).toBe(0);
  });

  it('wins over a read that is to be tried again', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['old user'])]]);
    const memory = memoryAdapter(snapshots);
    const read = vi.fn(memory.read);
    for (let i = 0; i < 2; i++) read.mockRejectedValueOnce(new Error('broken') as never);
    const tab = openTab({ ...memory, read });
    await tab.persistence.hydrated;
    await tab.persistence.clear();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([tab.items(), snapshots.size]).toEqual([[], 0]);
  });

  it('that fails is tried again before anything is written', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['old user'])]]);
    const memory = memoryAdapter(snapshots);
    const remove = vi.fn(memory.remove).mockImplementationOnce(() => {
      throw new Error('broken');
    });
    const tab = openTab({ ...memory, remove });
    await tab.persistence.hydrated;
    await tab.persistence.clear();
    expect([tab.refusals.length, tab.persistence.status]).toEqual([1, 'failing']);
    await vi.advanceTimersByTimeAsync(100);
    expect([snapshots.size, tab.persistence.status]).toEqual([0, 'saving']);
  });

  it('elsewhere stops what a tab that hears of it has not yet written', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['old user'])]]);
    let tell: (change: 'removed') => void = () => undefined;
    const watch: SnapshotStorage['watch'] = (_name, listener) => {
      tell = listener;
      return () => undefined;
    };
    const tab = openTab({ ...memoryAdapter(snapshots), watch });
    await tab.persistence.hydrated;
    tab.add('old');
    snapshots.delete(NAME);
    tell('removed');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(snapshots.size).toBe(0);
    tab.add('new');
    await tab.persistence.flush();
    expect(stateOf(snapshots)).toEqual(['old user', 'old', 'new']);
  });

  it('elsewhere stops them in a tab that does not hear of it, too', async () => {
    const snapshots = new Map<string, unknown>([[NAME, snapshotOf(['old user'])]]);
    const tab = openTab(memoryAdapter(snapshots));
    await tab.persistence.hydrated;
    tab.add('old');
    snapshots.delete(NAME);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(snapshots.size).toBe(0);
  });

  /** Storages that tell what was removed, of which pages hear when the test says so. */
  function tellingStorage() {
    const stored = new Map<string, unknown>();
    const listeners: ((change: 'removed', removal: Removal) => void)[] = [];
    let removed = 0;
    const storage: SnapshotStorage = {
      ...memoryAdapter(stored),
      remove: () => {
        stored.set(NAME, { removed: ++removed });
        return { removed };
      },
      watch: (_name, listener) => {
        listeners.push(listener);
        return () => undefined;
      },
    };
    const tell = (number = removed) =>
      listeners.forEach((listener) => listener('removed', { removed: number }));
    return { stored, storage, tell };
  }

  it('elsewhere stops them even where nothing was known to be there, and where it is not heard of', async () => {
    const { stored, storage } = tellingStorage();
    const [a, b] = [openTab(storage), openTab(storage)];
    await Promise.all([a.persistence.hydrated, b.persistence.hydrated]);
    a.add('old user');
    await b.persistence.clear();
    await a.persistence.flush();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([stored.get(NAME), a.refusals]).toEqual([{ removed: 1 }, []]);
    a.add('new');
    expect(await a.persistence.flush()).toBe(true);
    expect(stateOf(stored)).toEqual(['old user', 'new']);
  });

  it('heard of late, after it was learnt of, drops nothing that was changed since', async () => {
    const { stored, storage, tell } = tellingStorage();
    const [a, b] = [openTab(storage), openTab(storage)];
    await Promise.all([a.persistence.hydrated, b.persistence.hydrated]);
    a.add('old user');
    await b.persistence.clear();
    await a.persistence.flush();
    a.add('new');
    tell();
    await a.persistence.flush();
    expect(stateOf(stored)).toEqual(['old user', 'new']);
    a.add('newer');
    tell(2);
    await a.persistence.flush();
    expect(stateOf(stored)).toEqual(['old user', 'new']);
  });

  it('here counts as known: the next change is saved', async () => {
    const { stored, storage, tell } = tellingStorage();
    const tab = openTab(storage);
    await tab.persistence.hydrated;
    await tab.persistence.clear();
    tab.add('tea');
    tell();
    expect(await tab.persistence.flush()).toBe(true);
    expect(stateOf(stored)).toEqual(['tea']);
  });

  it('removes once more what another page was writing, where pages can take turns', async () => {
    const turns: (() => void)[] = [];
    const request = (_name: string, run: () => Promise<void>) =>
      new Promise<void>((resolve) => turns.push(() => resolve(run())));
    vi.stubGlobal('navigator', { locks: { request } });
    const storage = new SlowStorage(new Map([[NAME, snapshotOf(['old user'])]]));
    storage.hurry();
    const tab = openTab(storage);
    await tab.persistence.hydrated;
    const cleared = tab.persistence.clear();
    await settled();
    expect([storage.snapshots.size, turns.length]).toEqual([0, 1]);
    storage.snapshots.set(NAME, snapshotOf(['landed late']));
    turns[0]!();
    await cleared;
    expect(storage.snapshots.size).toBe(0);
    vi.stubGlobal('navigator', {});
  });
});
