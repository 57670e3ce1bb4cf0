import { readFile } from 'node:fs/promises';
import {
  createIsolatedStore,
  crossApp,
  defineSlice,
  loadEngine,
  onRecovered,
  type IsolatedStore,
  type Recovery,
} from 'isthmus';
import { inc, payload, push, set, entityTable } from 'isthmus/program';
import { memoryAdapter, persistSlice } from 'isthmus/storage';
import { createTestHub, type TestHub } from 'isthmus/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const TRAP = new WebAssembly.RuntimeError('unreachable');

/** How many calls of the engine are left until one traps; or no instance can be made. */
let left = Infinity;
let isFull = false;

function trapped(instance: WebAssembly.Instance): WebAssembly.Instance {
  const exports = Object.entries(instance.exports).map(([name, value]) => {
    if (typeof value !== 'function') return [name, value];
    const call = (...args: unknown[]): unknown => {
      left -= 1;
      if (left >= 0) return value(...args);
      left = Infinity;
      throw TRAP;
    };
    return [name, call];
  });
  return Object.create(instance, { exports: { value: Object.fromEntries(exports) } });
}

const { compile, instantiate, Instance } = WebAssembly;
const code = await compile(
  await readFile(new URL('../../../../dist/engine.wasm', import.meta.url)),
);
WebAssembly.instantiate = (async (module: WebAssembly.Module, imports: WebAssembly.Imports) =>
  trapped(await instantiate(module, imports))) as never;
WebAssembly.Instance = function (module: WebAssembly.Module, imports: WebAssembly.Imports) {
  if (isFull) throw new RangeError('out of memory');
  return trapped(new Instance(module, imports));
} as never;
await loadEngine(code);

const recoveries: Recovery[] = [];
onRecovered((recovery) => recoveries.push(recovery));
const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);

const counter = defineSlice({
  name: 'counter',
  initialState: { n: 0, log: [] as string[] },
  reducers: { add: [inc('/n')], note: [push('/log', payload())] },
  contract: { 'counter/add': {}, 'counter/note': { payload: { type: 'string' } } },
});
const products = defineSlice({
  name: 'products',
  initialState: {
    ids: [] as number[],
    entities: {} as Record<string, { id: number; price: number }>,
  },
  reducers: {
    load: [entityTable('').setAll()],
    price: [set(['entities', payload('id'), 'price'], payload('price'))],
  },
});

function trap(run: () => unknown): unknown {
  left = 0;
  try {
    return run();
  } catch (error) {
    return error;
  } finally {
    left = Infinity;
  }
}

const add = (store: IsolatedStore) => store.dispatch(counter.actions.add());
const numberIn = (store: IsolatedStore) => store.read(['counter', 'n']);

beforeEach(() => {
  recoveries.length = 0;
  told.mockClear();
});

describe('an engine that has failed', () => {
  it('refuses the one call, naming the cause, and goes on with all states of all stores', async () => {
    const stores: IsolatedStore[] = ['a', 'b'].map((name) =>
      createIsolatedStore({ name, slices: [counter] }),
    );
    stores.forEach(add);
    const [a, b] = stores as [IsolatedStore, IsolatedStore];
    const ids = stores.map(({ __mfId }) => __mfId);
    expect(trap(() => add(a))).toMatchObject({
      name: 'EngineError',
      code: 'engine-failed',
      cause: TRAP,
    });
    expect(numberIn(a)).toBe(1);
    add(a);
    expect([numberIn(a), numberIn(b)]).toEqual([2, 1]);
    expect(stores.map(({ __mfId }) => __mfId)).toEqual(ids);
    await Promise.resolve();
    expect(recoveries).toEqual([
      { cause: TRAP, milliseconds: expect.any(Number) as number, lost: [] },
    ]);
    expect(told).toHaveBeenCalledTimes(1);
    expect(told).toHaveBeenCalledWith(expect.stringContaining('Nothing was lost'), TRAP);
  });

  it('is made anew soon though nobody calls, and then all listeners are called once', async () => {
    const store = createIsolatedStore({ name: 'quiet', slices: [counter] });
    const listener = vi.fn();
    const watcher = vi.fn();
    store.subscribe(listener);
    store.watch(['counter', 'n'], watcher);
    trap(() => add(store));
    await new Promise((resolve) => setTimeout(resolve));
    expect(recoveries).toHaveLength(1);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(watcher).toHaveBeenCalledTimes(1);
    add(store);
    expect(listener).toHaveBeenCalledTimes(2);
    expect(watcher).toHaveBeenCalledTimes(2);
  });

  it('is replaced when it can be: until then calls are refused, and nothing is lost', () => {
    const store = createIsolatedStore({ name: 'full', slices: [counter] });
    add(store);
    const state = store.getState();
    isFull = true;
    trap(() => add(store));
    expect(() => add(store)).toThrow(expect.objectContaining({ code: 'engine-dead' }));
    expect(() => add(store)).toThrow(/the next call tries again/);
    isFull = false;
    expect(store.getState()).toEqual(state);
    add(store);
    expect(numberIn(store)).toBe(2);
  });

  it('leaves views of its states readable, those of large objects too', () => {
    const store = createIsolatedStore({ name: 'views', slices: [products] });
    const entities = Array.from({ length: 500 }, (_, id) => ({ id, price: id }));
    store.dispatch(products.actions.load(entities));
    type State = { products: { entities: Record<string, { id: number; price: number }> } };
    const before = (store.getState() as State).products.entities;
    const seen = before['7'];
    trap(() => store.dispatch(products.actions.price({ id: '3', price: 0 })));
    store.dispatch(products.actions.price({ id: '8', price: -8 }));
    expect(before['7']).toBe(seen);
    expect(before['8']).toEqual({ id: 8, price: 8 });
    expect(Object.keys(before)).toHaveLength(500);
    expect(
      products.reducer(
        { ids: [8], entities: before } as never,
        products.actions.price({ id: '8', price: 1 }),
      ),
    ).toHaveProperty('entities.8.price', 1);
    expect((store.getState() as State).products.entities['8']).toEqual({ id: 8, price: -8 });
  });

  it('tells of each slice that it cannot read out, and of what a bridge remembered', async () => {
    const states: unknown[] = [];
    for (let calls = 0; calls < 120; calls++) {
      recoveries.length = 0;
      const store = createIsolatedStore({ name: 'unreadable', slices: [counter] });
      add(store);
      trap(() => add(store));
      left = calls; // in the middle of the recovery
      expect(() => {
        try {
          numberIn(store);
        } catch {
          numberIn(store);
        }
      }).not.toThrow();
      left = Infinity;
      await Promise.resolve();
      const isLost = recoveries.some(({ lost }) =>
        lost.some((each) => each.store === 'unreadable' && each.slice !== undefined),
      );
      expect(numberIn(store), `after ${calls} calls`).toBe(isLost ? 0 : 1);
      states.push(numberIn(store));
      store.dispose();
    }
    expect(new Set(states)).toEqual(new Set([0, 1]));
  });
});

it('a kept slice is read though the engine fails at its snapshot, and written afterwards', async () => {
  const snapshots = new Map<string, unknown>();
  let reads = 0;
  const storage = {
    ...memoryAdapter(snapshots),
    read: () => {
      left = reads++ === 0 ? 0 : Infinity;
      return { schemaVersion: 1, savedAt: 1, state: { n: 7 } };
    },
  };
  const store = createIsolatedStore({ name: 'kept', slices: [counter] });
  const contract = { state: { type: 'object', required: ['n'] }, never: ['/log'] };
  const persistence = persistSlice({ store, slice: counter, name: 'kept', storage, contract });
  expect(await persistence.hydrated).toBe('restored');
  expect([left, recoveries.length]).toEqual([Infinity, 1]);
  trap(() => add(store));
  add(store);
  expect(await persistence.flush()).toBe(true);
  expect(snapshots.get('kept')).toMatchObject({ schemaVersion: 1, state: { n: 8 } });
  await persistence.stop();
  store.dispose();
});

describe('what crosses while the engine fails', () => {
  let hub: TestHub;
  const tabs = (): IsolatedStore[] =>
    [1, 2].map(() =>
      createIsolatedStore({
        name: 'tab',
        slices: [counter],
        bridge: { transport: hub.connect() },
      }),
    );

  beforeEach(() => {
    hub = createTestHub();
  });

  it('keeps counters, numbers and duplicates: what comes twice is applied once', () => {
    const [a, b] = tabs() as [IsolatedStore, IsolatedStore];
    for (let i = 0; i < 5; i++) a.dispatch(crossApp(counter.actions.add()));
    hub.flush();
    const counters = [a, b].map(({ bridge }) => bridge.counters());
    trap(() => add(a));
    expect([a, b].map(({ bridge }) => bridge.counters())).toEqual(counters);
    a.dispatch(crossApp(counter.actions.add()));
    hub.flush();
    expect(numberIn(b)).toBe(6);
    expect(b.bridge.counters()).toMatchObject({ accepted: 6, dropped: {} });
  });

  it('tries a message once more that it failed at', () => {
    const [a, b] = tabs() as [IsolatedStore, IsolatedStore];
    a.dispatch(crossApp(counter.actions.note('x')));
    left = 0;
    hub.flush();
    expect(left).toBe(Infinity);
    expect(b.read(['counter', 'log'])).toEqual(['x']);
    expect(b.bridge.counters()).toMatchObject({ accepted: 1, dropped: {} });
  });
});
