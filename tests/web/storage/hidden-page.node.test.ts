import { memoryAdapter, type SnapshotStorage } from 'isthmus/storage';
import { describe, expect, it, vi } from 'vitest';
import { document, NAME, openTab, settled, snapshotOf, stateOf, window } from './kept-cart.js';
import { SlowStorage } from './slow-storage.js';

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
