/**
 * Medians of several rounds, the contenders taking turns in each, so that what slows the machine for a
 * while slows all of them. A contender is a function that does one piece of work.
 */
const ROUNDS = 9;
const ROUND_MS = 60;

/** Nanoseconds per call of each contender, by name. */
export function measure(contenders) {
  const names = Object.keys(contenders);
  const batches = new Map(names.map((name) => [name, batchSize(contenders[name])]));
  const samples = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) {
      samples.get(name).push(timeOf(contenders[name], batches.get(name)));
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(samples.get(name))]));
}

/** How many calls fill a round; finding out warms the contender up. */
function batchSize(work) {
  let size = 1;
  while (timeOf(work, size) * size < (ROUND_MS / 4) * 1e6) size *= 2;
  return size * 4;
}

function timeOf(work, calls) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < calls; i++) work();
  return Number(process.hrtime.bigint() - start) / calls;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
