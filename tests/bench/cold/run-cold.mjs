import { timedRow } from '../report/rows.mjs';
import { names, sizes } from './first-dispatches.mjs';
import { realms } from './realms.mjs';

export const coldCases = [{ name: 'cold', run: measureFirst }];

/** So many times as many realms as other cases have rounds: each of them gives one figure. */
const REALMS = 2;

export async function* runCold(runtime, cases, options) {
  for (const { run } of cases) yield* await run(runtime, options);
}

async function measureFirst(runtime, { rounds }) {
  const place = await realms[runtime]();
  if (place === undefined) {
    console.error(`left out: ${runtime}, which is not installed (npm run test:matrix does that)`);
    return [];
  }
  try {
    return rowsOf(runtime, await inTurns(place, rounds * REALMS));
  } finally {
    await place.close();
  }
}

/** The milliseconds of each contender's realms, by its name. */
async function inTurns({ first }, turns) {
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let turn = 0; turn < turns; turn++) {
    for (const name of names) times[name].push(await first(name));
  }
  return times;
}

function rowsOf(runtime, times) {
  const title = 'The first n dispatches to a counter after load, each';
  return sizes.map((size, i) => {
    const each = Object.entries(times).map(([name, realms]) => [
      name,
      realms.map((ms) => (ms[i] * 1e6) / size),
    ]);
    return timedRow({ name: 'cold', title, runtime, size, base: 'rtk' }, Object.fromEntries(each));
  });
}
