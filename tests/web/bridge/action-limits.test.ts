// What a message or an action would take too much for. The table of operators and steps is
// tests/cases/action-limits.json.

import {
  createIsolatedStore,
  defineSlice,
  EngineError,
  loadEngine,
  ReducerError,
  type BridgeLimits,
  type Drop,
  type Middleware,
} from 'isthmus';
import { set } from 'isthmus/program';
import { describe, expect, it } from 'vitest';
import { add, createTestHub, envelope, openStranger, openTab } from './tabs.js';

await loadEngine();

const brand = 'b'.repeat(130_000);
const items = Array.from({ length: 18_000 }, (_, i) => i);
const hostile = { brand, items };
const labels = {
  map: [{ var: 'payload.items' }, { cat: [{ var: 'payload.brand' }, { var: '' }] }],
};

const shop = defineSlice({
  name: 'shop',
  initialState: { labels: [] as string[] },
  reducers: {
    label: [{ op: 'set', path: '/labels', value: labels }],
    clear: [set('/labels', [])],
  },
});

const passThrough: Middleware = () => (next) => (action) => next(action);

describe('a valid message that would make gigabytes is dropped as too large', () => {
  const contract = { 'shop/label': {}, 'shop/clear': {} };

  it.each([
    ['applied at once', []],
    ['dispatched through middleware', [passThrough]],
  ])('by its reducer, %s, and everybody goes on', (_how, middleware) => {
    const hub = createTestHub();
    const drops: Drop[] = [];
    const store = createIsolatedStore({
      name: 'shared',
      slices: [shop],
      middleware,
      bridge: { transport: hub.connect(), onDrop: (drop) => drops.push(drop) },
      contract,
    });
    const innocent = openTab(hub, { name: 'shared' });
    const stranger = openStranger(hub);
    const before = store.getState();
    stranger.post(envelope({ type: 'shop/label', payload: hostile }));
    expect(store.getState()).toBe(before);
    expect(drops).toEqual([
      expect.objectContaining({ direction: 'in', reason: 'too-large', type: 'shop/label' }),
    ]);
    expect(drops[0]!.message).toMatch(/slice 'shop' refused it at step \/0: .*limits\.actionBytes/);
    expect(drops[0]!.message).not.toContain('bbb');
    expect(store.bridge.counters()).toMatchObject({ accepted: 0, dropped: { 'too-large': 1 } });
    stranger.post(envelope({ type: 'shop/label', payload: { brand: 'b', items: [1] } }));
    expect(store.read(['shop', 'labels'])).toEqual(['b1']);
    innocent.store.dispatch(add('still here'));
    expect(innocent.entries()).toEqual(['still here']);
  });

  it('by an upcast, and everybody goes on', () => {
    const hub = createTestHub();
    const upcast = { 1: [{ op: 'set' as const, path: '', value: labels }] };
    const { store, drops } = openTab(hub, {
      contract: { 'any/type': { schemaVersion: 2, upcast } },
    });
    openStranger(hub).post(envelope({ type: 'any/type', payload: hostile }));
    expect(drops).toEqual([
      expect.objectContaining({ direction: 'in', reason: 'too-large', type: 'any/type' }),
    ]);
    expect(drops[0]!.message).toContain('limits.actionBytes');
    store.dispatch(add('still here'));
    expect(store.read(['log'])).toEqual(['still here']);
  });
});

describe('limits.actionBytes and limits.actionSteps', () => {
  const open = (limits: BridgeLimits) =>
    createIsolatedStore({ name: 'app', slices: [shop], bridge: { limits } });
  const label = (count: number) => ({
    type: 'shop/label',
    payload: { brand: 'b'.repeat(1000), items: items.slice(0, count) },
  });

  it('are those of one store, and name themselves when they are exceeded', () => {
    const narrow = open({ actionBytes: 65_536 });
    const slow = open({ actionSteps: 1000 });
    const wide = open({});
    expect(() => narrow.dispatch(label(500))).toThrow(
      /^slice 'shop', action 'shop\/label', step \/0: .*65536 bytes.*limits\.actionBytes/,
    );
    expect(() => slow.dispatch(label(500))).toThrow(/1000 steps.*limits\.actionSteps/);
    wide.dispatch(label(500));
    expect((wide.read(['shop', 'labels']) as string[]).length).toBe(500);
    narrow.dispatch(label(20));
    expect((narrow.read(['shop', 'labels']) as string[]).length).toBe(20);
    for (const store of [narrow, slow, wide]) store.dispose();
  });

  it('are whole numbers within their range', () => {
    for (const limits of [{ actionBytes: 1 }, { actionSteps: 1.5 }, { actionSteps: 3e9 }]) {
      expect(() => open(limits)).toThrow(EngineError);
    }
  });

  it('hold for the reducer of a slice in any store, too', () => {
    const action = { type: 'shop/label', payload: hostile };
    let error: unknown;
    try {
      shop.reducer(undefined, action as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ReducerError);
    expect(error).toMatchObject({ code: 'too-large', step: '/0' });
    const state = shop.reducer(undefined, shop.actions.clear());
    expect(state).toEqual({ labels: [] });
  });

  it('let pass what a heavy but honest action takes', () => {
    const table = defineSlice({
      name: 'table',
      initialState: { ids: [] as number[], entities: {} as Record<number, object> },
      reducers: {
        load: [{ op: 'setAll', path: '', value: { var: 'payload' }, sortBy: ['-rank', 'name'] }],
        rank: [
          {
            op: 'updateMany',
            path: '',
            sortBy: ['-rank', 'name'],
            where: { '%': [{ var: 'item.id' }, 2] },
            onMatch: [{ op: 'inc', path: '/rank', value: { var: 'item.id' } }],
          },
        ],
      },
    });
    const store = createIsolatedStore({ name: 'app', slices: [table] });
    const rows = Array.from({ length: 100_000 }, (_, id) => {
      return { id, rank: (id * 7919) % 1000, name: `row ${id}`, tags: ['a', 'b'] };
    });
    store.dispatch({ type: 'table/load', payload: rows });
    store.dispatch({ type: 'table/rank' });
    expect((store.read(['table', 'ids']) as number[]).length).toBe(100_000);
    store.dispose();
  });
});
