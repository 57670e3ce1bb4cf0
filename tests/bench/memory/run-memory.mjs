import { runChild } from '../node/run-child.mjs';
import { compared, measuredRow } from '../report/rows.mjs';

const MB = 1e6;

/** What is measured in bytes, each contender in a process of its own. */
export const memoryCases = [
  { name: 'unchanged-reads', run: measureReads },
  { name: 'many-dispatches', run: measureDispatches },
  { name: 'memory', run: measureEntities },
];

export async function* runMemory(cases, { quick }) {
  for (const { run } of cases) yield* await run(quick);
}

async function measureReads() {
  const reads = 1_000_000;
  const bytes = {};
  const changed = {};
  for (const contender of ['isthmus', 'isthmus watched', 'isthmus getState', 'redux']) {
    const input = { contender, reads };
    const { bytesPerRead, same } = await runChild('memory/unchanged-reads.mjs', input);
    bytes[contender] = Number(bytesPerRead.toFixed(3));
    changed[contender] = same ? 0 : 1;
  }
  const what = { runtime: 'node', size: reads };
  const allocated = 'Garbage per read of unchanged state';
  const differing = 'Readers of unchanged state that were ever given another reference';
  return [
    measuredRow({ ...what, name: 'unchanged-reads', title: allocated, unit: 'bytes' }, bytes),
    measuredRow({ ...what, name: 'same-reference', title: differing, unit: 'count' }, changed),
  ];
}

async function measureDispatches(quick) {
  const dispatches = quick ? 100_000 : 1_000_000;
  // JavaScript's own hash tables double once or twice until they have the room that they need.
  const input = { dispatches, warmUp: dispatches };
  const { before, after } = await runChild('memory/many-dispatches.mjs', input);
  const title = 'Growth of memory over n dispatches in batches, after warm-up';
  const what = { name: 'many-dispatches', title, runtime: 'node', size: dispatches, unit: 'MB' };
  return [
    measuredRow(what, {
      isthmus: (after.wasm - before.wasm) / MB,
      'isthmus heap': (after.heap - before.heap) / MB,
    }),
  ];
}

async function measureEntities(quick) {
  const size = quick ? 10_000 : 100_000;
  const bytes = {};
  for (const contender of ['isthmus', 'isthmus read', 'plain', 'rtk']) {
    const { heap, wasm } = await runChild('memory/entities.mjs', { contender, size });
    bytes[contender] = (heap + wasm) / MB;
    if (contender.startsWith('isthmus')) bytes[`${contender}: of it wasm`] = wasm / MB;
  }
  const title = 'Memory of n entities, wasm and JavaScript heap together';
  const what = { name: 'memory', title, runtime: 'node', size, unit: 'MB' };
  return [compared(measuredRow(what, bytes))];
}
