import { createIsolatedStore, defineSlice, loadEngine } from 'isthmus';
import { inc, payload, set } from 'isthmus/program';
import { createTestHub } from 'isthmus/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { envelope, openStranger } from './tabs.js';

await loadEngine();

const box = defineSlice({
  name: 'box',
  initialState: { value: 0, taken: 0 },
  reducers: { put: [set(['value'], payload()), inc(['taken'])] },
  contract: { 'box/put': {} },
});

/** A store of native slices alone, to whose messages nothing else listens, unless `more` says so. */
function openBox({ hub = createTestHub(), ...more } = {}) {
  const store = createIsolatedStore({
    name: 'shared',
    slices: [box],
    contract: { 'tin/other': {} },
    bridge: { transport: hub.connect() },
    ...more,
  });
  const stranger = openStranger(hub);
  const put = (value: unknown, fields: object = {}) =>
    stranger.post(envelope({ type: 'box/put', payload: value }, fields));
  return { store, put };
}

afterEach(() => void vi.restoreAllMocks());

describe('a message to a store of native slices alone', () => {
  it('is applied, and told to watchers and listeners once', () => {
    const { store, put } = openBox();
    const [watcher, listener] = [vi.fn(), vi.fn()];
    store.watch(['box', 'value'], watcher);
    store.subscribe(listener);
    const before = store.getState();
    put(7);
    expect([watcher.mock.calls.length, listener.mock.calls.length]).toEqual([1, 1]);
    expect(store.getState()).toEqual({ box: { value: 7, taken: 1 } });
    expect(store.getState()).not.toBe(before);
    expect(store.bridge.counters()).toMatchObject({ accepted: 1, dropped: {} });
  });

  it('that no slice handles counts as accepted and changes nothing', () => {
    const hub = createTestHub();
    const { store } = openBox({ hub });
    const before = store.getState();
    openStranger(hub).post(envelope({ type: 'tin/other' }));
    expect(store.getState()).toBe(before);
    expect(store.bridge.counters()).toMatchObject({ accepted: 1, dropped: {} });
  });

  it('is dropped when a reducer refuses it, and may come again', () => {
    const onDrop = vi.fn();
    const hub = createTestHub();
    const strict = defineSlice({
      name: 'strict',
      initialState: { count: 0, text: 'a' },
      reducers: { put: [set(['text'], payload()), inc(['count'], payload())] },
      contract: { 'strict/put': {} },
    });
    const store = createIsolatedStore({
      name: 'shared',
      slices: [strict],
      bridge: { transport: hub.connect(), onDrop },
    });
    const before = store.getState();
    const message = envelope({ type: 'strict/put', payload: 'secret words' });
    const stranger = openStranger(hub);
    stranger.post(message);
    stranger.post(message);
    expect(store.getState()).toBe(before);
    expect(store.bridge.counters().dropped).toEqual({ reducer: 2 });
    const drop = { direction: 'in', reason: 'reducer', type: 'strict/put' };
    expect(onDrop).toHaveBeenCalledWith({
      ...drop,
      message: "slice 'strict' refused it at step /1",
    });
    expect(JSON.stringify(onDrop.mock.calls)).not.toContain('secret');
  });

  it('tells of the gap before it', () => {
    const { store, put } = openBox();
    const onGap = vi.fn();
    store.bridge.onGap(onGap);
    put(1, { seq: 1 });
    put(2, { seq: 5 });
    expect(onGap.mock.calls).toEqual([
      [{ reason: 'sequence', sender: 'somebody-else', from: 2, to: 4 }],
    ]);
    expect(store.read(['box', 'value'])).toBe(2);
  });

  it('is applied though a listener throws, which is reported', async () => {
    const { store, put } = openBox();
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const later = vi.fn();
    store.subscribe(() => {
      throw new Error('of a listener');
    });
    store.subscribe(later);
    put(3);
    await Promise.resolve();
    expect(report).toHaveBeenCalledExactlyOnceWith(new Error('of a listener'));
    expect(later).toHaveBeenCalledOnce();
    expect(store.bridge.counters()).toMatchObject({ accepted: 1, dropped: {} });
  });
});

describe('what has to see an action sees it', () => {
  it('middleware', () => {
    const seen = vi.fn();
    const middleware = [
      () => (next: (a: unknown) => unknown) => (a: unknown) => (seen(a), next(a)),
    ];
    const { put, store } = openBox({ middleware } as object);
    put(1);
    expect(seen.mock.calls[0]![0]).toMatchObject({ type: 'box/put', payload: 1 });
    expect(store.read(['box', 'taken'])).toBe(1);
  });

  it('a JS slice, from the moment it comes until it goes', () => {
    const { put, store } = openBox();
    put(1);
    store.registerReducer('js', (count: number = 0, { type }: { type: string }) =>
      type === 'box/put' ? count + 1 : count,
    );
    put(2);
    expect(store.getState()).toEqual({ box: { value: 2, taken: 2 }, js: 1 });
    store.unregisterReducer('js');
    put(3);
    expect(store.getState()).toEqual({ box: { value: 3, taken: 3 } });
  });

  it('whoever listens to crossings', () => {
    const { put, store } = openBox();
    const onCross = vi.fn();
    const stop = store.bridge.onCross(onCross);
    put(1);
    stop();
    put(2);
    expect(onCross).toHaveBeenCalledOnce();
    expect(onCross.mock.calls[0]![0]).toMatchObject({ action: { type: 'box/put', payload: 1 } });
    expect(store.read(['box', 'taken'])).toBe(2);
  });
});
