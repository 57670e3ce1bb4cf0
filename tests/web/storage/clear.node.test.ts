import { createIsolatedStore } from 'isthmus';
import { memoryAdapter, persistSlice, type Removal, type SnapshotStorage } from 'isthmus/storage';
import { describe, expect, it, vi } from 'vitest';
import { NAME, opened, openTab, settled, snapshotOf, stateOf, window } from './kept-cart.js';
import { SlowStorage } from './slow-storage.js';

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
    const request = (_name: string, _options: object, run: () => Promise<void>) =>
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
