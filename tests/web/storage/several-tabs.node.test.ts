import { createIsolatedStore, crossApp } from 'isthmus';
import { memoryAdapter } from 'isthmus/storage';
import { createTestHub } from 'isthmus/testing';
import { describe, expect, it, vi } from 'vitest';
import { carts, NAME, openTab, snapshotOf, stateOf } from './kept-cart.js';

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
