// What an action asks of the engine and of its memory, counted.

import { createSlice } from '@reduxjs/toolkit';
import { createIsolatedStore, defineSlice, loadEngine, native } from 'isthmus';
import { inc, payload, push } from 'isthmus/program';
import { expect, it } from 'vitest';

let calls = 0;
let memory!: WebAssembly.Memory;
const { instantiate } = WebAssembly;

function counted(instance: WebAssembly.Instance): WebAssembly.Instance {
  const exports = Object.entries(instance.exports).map(([name, value]) => {
    if (typeof value !== 'function') return [name, value];
    const call = value as (...given: number[]) => number;
    const counting = (...given: number[]) => {
      calls += 1;
      return call(...given);
    };
    return [name, counting];
  });
  memory = (instance.exports.memory as WebAssembly.Memory | undefined) ?? memory;
  return Object.create(instance, { exports: { value: Object.fromEntries(exports) } });
}

const instantiateCounted = async (source: BufferSource, imports?: WebAssembly.Imports) => {
  const made = (await instantiate(source, imports)) as
    WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource;
  if (!('instance' in made)) return counted(made);
  return { module: made.module, instance: counted(made.instance) };
};
WebAssembly.instantiate = instantiateCounted as typeof instantiate;
await loadEngine();
WebAssembly.instantiate = instantiate;

function callsOf(work: () => void): number {
  calls = 0;
  work();
  return calls;
}

const toolkitSlices = Array.from({ length: 20 }, (_, i) =>
  createSlice({
    name: `slice${i}`,
    initialState: { n: 0 },
    reducers: { add: (state) => void (state.n += 1) },
  }),
);

it('an action that changes one of many slices with functions asks for no state of the others', () => {
  const steps = defineSlice({
    name: 'steps',
    initialState: { n: 0 },
    reducers: { add: [inc('/n')] },
  });
  const store = createIsolatedStore({
    name: 'many',
    slices: [...toolkitSlices.map(native), steps],
  });
  const actions = [...toolkitSlices.slice(0, 3), steps].map((slice) => slice.actions.add());
  for (const action of actions) store.dispatch(action);
  const counts = actions.map((action) => callsOf(() => store.dispatch(action)));
  // A function's change, or steps that are prepared and committed; and where the answer begins.
  expect(counts).toEqual([2, 2, 2, 3]);
  expect(store.read(['slice2', 'n'])).toBe(2);
  store.dispose();
});

it('its memory grows by a part of what it is, since each growth may cost a collection of the whole heap', () => {
  const rows = defineSlice({
    name: 'rows',
    initialState: { all: [] as object[] },
    reducers: { add: [push('/all', payload())] },
  });
  const store = createIsolatedStore({ name: 'growing', slices: [rows] });
  const grown: number[] = [];
  let size = memory.buffer.byteLength;
  const longText = 'x'.repeat(10_000);
  for (let i = 0; i < 4_000; i++) {
    store.dispatch(rows.actions.add({ text: `${i}${longText}` }));
    const { byteLength } = memory.buffer;
    if (byteLength !== size) grown.push((byteLength - size) / size);
    size = byteLength;
  }
  expect(grown.length).toBeGreaterThan(10);
  expect(Math.min(...grown)).toBeGreaterThan(0.0199);
  store.dispose();
});
