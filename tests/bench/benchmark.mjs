import { cases, casesIn } from './cases/all.mjs';
import { runChromium } from './chromium/run-chromium.mjs';
import { coldCases, runCold } from './cold/run-cold.mjs';
import { convergingCases, runConverging } from './converging/run-converging.mjs';
import { memoryCases, runMemory } from './memory/run-memory.mjs';
import { runNative } from './native/run-native.mjs';
import { runNode } from './node/run-node.mjs';
import { readOptions } from './options.mjs';
import { writeReadme } from './report/readme.mjs';
import { printTable } from './report/table.mjs';
import { withTargets } from './report/targets.mjs';
import { runStart, startCases } from './start/run-start.mjs';

/** Runs what the arguments ask for and prints it. */
export async function runBenchmark(args) {
  const options = readOptions(
    args,
    [...cases, ...memoryCases, ...convergingCases, ...coldCases, ...startCases].map(
      ({ name }) => name,
    ),
  );
  const rows = withTargets(await measureAll(options));
  if (options.readme) writeReadme(rows);
  if (options.json) console.log(JSON.stringify(rows, null, 2));
  else printTable(rows);
}

async function measureAll(options) {
  const isChosen = ({ name }) => options.only.includes(name);
  const timed = cases.filter(isChosen);
  const cold = (runtime) => () => runCold(runtime, coldCases.filter(isChosen), options);
  const rows = [];
  const parts = {
    node: [
      () => runNode(casesIn('node', timed), options),
      () => runMemory(memoryCases.filter(isChosen), options),
      () => runConverging(convergingCases.filter(isChosen), options),
      cold('node'),
    ],
    chromium: [
      () => runChromium(casesIn('chromium', timed), options),
      cold('chromium'),
      () => runStart(startCases.filter(isChosen), options),
    ],
    firefox: [cold('firefox')],
    native: [() => runNative(timed, options, rows)],
  };
  for (const run of options.runtimes.flatMap((runtime) => parts[runtime])) {
    for await (const row of run()) {
      console.error(`measured ${row.id}`);
      rows.push(row);
    }
  }
  return rows;
}
