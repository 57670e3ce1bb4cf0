// What is given back is used again: after the first cycles neither the engine's memory nor the page's
// grows, however many follow. ISTHMUS_CYCLES=100000 runs so many of each, and with as many rows.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  createIsolatedStore,
  crossApp,
  defineSlice,
  joinSharedStore,
  loadEngine,
  type Transport,
} from 'isthmus';
import { inc, payload, push, set } from 'isthmus/program';
import { expect, it } from 'vitest';
import { loadOnFreshPage } from '../fresh-page.js';
import { envelope } from '../bridge/tabs.js';

const CYCLES = Number(process.env.ISTHMUS_CYCLES ?? 1_000);
const COLLECT_EVERY = 500;
const MB = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const memories: WebAssembly.Memory[] = [];
const instantiate = WebAssembly.instantiate as (
  source: BufferSource,
  imports?: WebAssembly.Imports,
) => Promise<WebAssembly.WebAssemblyInstantiatedSource>;
WebAssembly.instantiate = (async (source: BufferSource, imports?: WebAssembly.Imports) => {
  const result = await instantiate(source, imports);
  const { exports } = 'instance' in result ? result.instance : (result as WebAssembly.Instance);
  memories.push(...Object.values(exports).filter((value) => value instanceof WebAssembly.Memory));
  return result;
}) as typeof WebAssembly.instantiate;
await loadEngine();

const wasm = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

/** The collector's registries call back in tasks of their own. */
async function collectAll(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** Bytes that are held once as many cycles have been run. */
async function heldAfter(cycles: number, run: (cycle: number) => void) {
  for (let cycle = 0; cycle < cycles; cycle++) {
    run(cycle);
    if (cycle % 16 === 0) await undefined;
    if (cycle % COLLECT_EVERY === 0) await collectAll();
  }
  await collectAll();
  return { wasm: wasm(), heap: process.memoryUsage().heapUsed };
}

async function expectFlat(run: (cycle: number) => void): Promise<void> {
  const before = await heldAfter(CYCLES / 3, run);
  expect(before.wasm).toBeGreaterThan(MB);
  const after = await heldAfter(CYCLES, run);
  expect(after.wasm).toBe(before.wasm);
  expect(after.heap - before.heap).toBeLessThan(MB);
}

const counterOf = (name: string) => ({
  name,
  initialState: { n: 0, list: [{ a: 1 }] as object[] },
  reducers: { add: [inc('/n', payload())], push: [push('/list', payload())] } as const,
  contract: { [`${name}/add`]: { payload: { type: 'number' } } },
});
const counter = (name = 'counter') => defineSlice(counterOf(name));
const silent: Transport = { post: () => {}, onMessage: () => () => {}, close: () => {} };

it('a slice that is defined anew in each request takes no memory once it is forgotten', () =>
  expectFlat(() => void counter()));

it('a slice that is defined, mounted, changed, read, watched and unmounted leaves nothing behind', async () => {
  const app = joinSharedStore({ app: 'host' });
  await expectFlat((cycle) => {
    const slice = counter();
    const lease = app.inject(slice);
    const end = app.store.watch(['counter', 'n'], () => {});
    app.store.dispatch(slice.actions.add(1));
    app.store.dispatch(slice.actions.push({ cycle }));
    expect(app.store.read(['counter', 'list', 1, 'cycle'])).toBe(cycle);
    expect(app.store.getState()).toHaveProperty('counter');
    end();
    lease.dispose({ now: true });
  });
  app.leave();
});

it('an app that joins with slices and types of names never heard before leaves nothing behind', () =>
  expectFlat((cycle) => {
    const app = joinSharedStore({ app: `app${cycle}` });
    const slice = counter(`slice${cycle}`);
    const lease = app.inject(slice);
    app.store.dispatch(slice.actions.add(1));
    expect(app.store.read([`slice${cycle}`, 'n'])).toBe(1);
    lease.dispose({ now: true });
    app.leave();
  }));

it('a store with a bridge that is made, used and disposed of leaves nothing behind', () => {
  const slice = counter();
  return expectFlat((cycle) => {
    const bridge = { transport: () => silent };
    const store = createIsolatedStore({ name: `store${cycle}`, slices: [slice], bridge });
    store.watch(['counter'], () => {});
    store.dispatch(crossApp(slice.actions.add(1)));
    expect(store.getState()).toHaveProperty('counter');
    store.dispose();
  });
});

it('a slice that is forgotten after another engine has come takes nothing from that one', async () => {
  const before = await loadOnFreshPage();
  await before.loadEngine();
  for (let i = 0; i < 20; i++) before.defineSlice(counterOf(`old${i}`));
  const after = await loadOnFreshPage();
  await after.loadEngine();
  const slices = Array.from({ length: 20 }, (_, i) => after.defineSlice(counterOf(`new${i}`)));
  await collectAll();
  for (const slice of slices) {
    const store = after.createIsolatedStore({ name: slice.name, slices: [slice] });
    store.dispatch(slice.actions.add(2));
    expect(store.read([slice.name, 'n'])).toBe(2);
    store.dispose();
  }
});

it('keys that come and go leave nothing behind', async () => {
  const slice = defineSlice({
    name: 'keys',
    initialState: { all: {} },
    reducers: { replace: [set('/all', payload())] },
  });
  const store = createIsolatedStore({ name: 'keys', slices: [slice] });
  await expectFlat((cycle) => {
    store.dispatch(
      slice.actions.replace({ [`key${cycle}`]: { [`deep${cycle}`]: `text${cycle}` } }),
    );
    expect(store.getState()).toHaveProperty(`keys.all.key${cycle}.deep${cycle}`);
  });
  store.dispose();
});

it('messages of senders and types never heard before leave nothing behind', async () => {
  let deliver: (message: unknown) => void = () => {};
  const listening: Transport = {
    ...silent,
    onMessage: (listener) => {
      deliver = listener;
      return () => {};
    },
  };
  const store = createIsolatedStore({
    name: 'shared',
    slices: [counter()],
    bridge: { transport: (channel) => (channel === 'isthmus' ? listening : silent) },
  });
  // The books of senders are bounded, but large: fill them first.
  let sender = 0;
  const hear = () => {
    const type = sender % 2 === 0 ? 'counter/add' : `strange${sender}`;
    deliver(envelope({ payload: 1, type }, { sender: `sender${sender++}` }));
  };
  await heldAfter(3_000, hear);
  await expectFlat(hear);
  expect(store.bridge.counters().accepted).toBeGreaterThan(CYCLES / 3);
  store.dispose();
});

it('many rows that are mounted, read and unmounted again and again are held once', async () => {
  const count = Math.max(CYCLES, 15_000);
  const rows = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`r${i}`, { id: `r${i}`, name: `name ${i}`, n: i }]),
  );
  const app = joinSharedStore({ app: 'table' });
  const cycle = (round: number) => {
    const slice = defineSlice({
      name: 'rows',
      initialState: { byId: rows },
      reducers: { set: [set('/byId/r5/n', payload())] },
    });
    const lease = app.inject(slice);
    const { byId } = app.store.read(['rows']) as { byId: typeof rows };
    app.store.dispatch(slice.actions.set(round));
    expect(Object.values(byId).reduce((sum, { n }) => sum + n, 0)).toBe((count * (count - 1)) / 2);
    expect(app.store.read(['rows', 'byId', 'r5', 'n'])).toBe(round);
    lease.dispose({ now: true });
  };
  const held: number[] = [];
  for (let round = 0; round < 15; round++) {
    cycle(round);
    await collectAll();
    held.push(wasm());
  }
  expect(held.slice(5)).toEqual(Array.from({ length: 10 }, () => held[4]));
  app.leave();
});
