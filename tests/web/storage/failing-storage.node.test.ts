import { memoryAdapter, type ChangeListener } from 'isthmus/storage';
import { describe, expect, it, vi } from 'vitest';
import { NAME, openTab, settled, snapshotOf, stateOf } from './kept-cart.js';
import { SlowStorage } from './slow-storage.js';

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

  it('and is late in telling what another page wrote gets what has fallen due meanwhile', async () => {
    let tell!: ChangeListener;
    const slow = new SlowStorage();
    const watch = (_name: string, listener: ChangeListener) => {
      tell = listener;
      return () => undefined;
    };
    const tab = openTab(Object.assign(slow, { watch }));
    await slow.answer('read');
    tab.add('tea');
    tell('written');
    const read = await slow.next('read');
    await vi.advanceTimersByTimeAsync(1000);
    read.answer();
    await slow.answer('read', 'write');
    expect(stateOf(slow.snapshots)).toEqual(['tea']);
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

  it('and is kept by a page that does not answer is told, and written once that has ended', async () => {
    const ends: (() => void)[] = [];
    const request = (_name: string, { signal }: LockOptions, run: () => Promise<unknown>) =>
      new Promise((resolve, reject) => {
        ends.push(() => resolve(run()));
        signal!.addEventListener('abort', () => reject(signal!.reason as Error));
      });
    vi.stubGlobal('navigator', { locks: { request } });
    const storage = new SlowStorage();
    storage.hurry();
    const tab = openTab(storage);
    await tab.persistence.hydrated;
    tab.add('tea');
    await vi.advanceTimersByTimeAsync(1000);
    expect([ends.length, tab.persistence.status]).toEqual([1, 'saving']);
    await vi.advanceTimersByTimeAsync(5000);
    expect(tab.refusals).toMatchObject([{ direction: 'write', reason: 'storage' }]);
    expect(tab.refusals[0]!.message).toContain('another page');
    expect(tab.persistence.status).toBe('failing');
    await vi.advanceTimersByTimeAsync(100);
    expect(ends.length).toBe(2);
    ends[1]!();
    await settled();
    expect([stateOf(storage.snapshots), tab.persistence.status]).toEqual([['tea'], 'saving']);
    vi.stubGlobal('navigator', {});
  });
});
