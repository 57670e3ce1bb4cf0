// `npm test [-- part ... | all]`: sets up, builds, and runs the tests, the named parts of them, or all parts
// with lint and size.
// What is native goes on beside the rest, and is shown when both have ended. A part that fails does not stop the
// others; the last line printed is `N passed, N failed`.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildDemo } from './build-demo.mjs';
import { buildPackage, buildWithCMake } from './build.mjs';
import { root } from './paths.mjs';
import { Failure, main } from './process.mjs';
import { setUpMachine } from './setup.mjs';
import { closing } from './test-results.mjs';
import { parts } from './test-parts.mjs';

/** How often .ci/run repeats what is repeated to find what happens seldom; without it each test has its own number. */
const thorough = {
  ISTHMUS_CONVERGE_ACTIONS: '100000',
  ISTHMUS_CONVERGE_ROUNDS: '1000',
  ISTHMUS_CYCLES: '10000',
  ISTHMUS_FAULTS: '150',
  ISTHMUS_MESSAGES: '100000',
  ISTHMUS_ROUNDS: '8',
  ISTHMUS_STEPS: '15000',
  ISTHMUS_WHOLE_BROWSER: '1',
};

await main(async () => {
  const names = process.argv.slice(2);
  const chosen = choose(names);
  if (names.includes('all')) process.env = { ...thorough, ...process.env };
  const modules = once(await setUpMachine());
  mkdirSync(join(root, 'build/reports'), { recursive: true });
  const native = chosen.filter((part) => part.native);
  const others = chosen.filter((part) => !part.native);
  const quiet = others.length > 0;
  const builds = buildsFor({ modules, hasNative: native.length > 0, quiet });
  const beside = runInTurn(native, builds, quiet);
  const results = await runInTurn(others, builds, false);
  for (const result of await beside) {
    if (quiet) console.log(`${heading(result)}\n${result.output ?? ''}`);
    results.push(result);
  }
  results.sort((a, b) => orderOf(a) - orderOf(b));
  console.log(`\n${closing(results)}`);
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
});

/** What parts need, each of which is done once. */
function buildsFor({ modules, hasNative, quiet }) {
  const dev = once(() => buildWithCMake('dev', { quiet }));
  return {
    dev,
    // A test builds its own native program, unless all are being built: two builds in one folder disturb each other.
    programs: hasNative ? dev : async () => undefined,
    asan: once(() => buildWithCMake('asan', { quiet })),
    modules,
    package: once(() => modules().then(buildPackage)),
    demo: once(buildDemo),
  };
}

/** Runs parts one after the other; `quiet` leaves it to the caller to show each. */
async function runInTurn(chosen, builds, quiet) {
  const results = [];
  for (const part of chosen) {
    if (!quiet) console.log(heading(part));
    results.push(await runPart(part, builds, { quiet }));
  }
  return results;
}

function heading({ name }) {
  return `\n=== ${name} ===`;
}

function orderOf({ name }) {
  return parts.findIndex((part) => part.name === name);
}

function choose(names) {
  const known = [...parts.map(({ name }) => name), 'all'];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Failure(`There is no part ${unknown.join(', ')}. The parts are: ${known.join(' ')}.`);
  }
  if (names.length === 0) return parts.filter(({ extra }) => !extra);
  return names.includes('all') ? parts : parts.filter(({ name }) => names.includes(name));
}

/** Runs a part after the builds it needs. Whatever goes wrong is a failure of the part. */
async function runPart(part, builds, options) {
  const start = performance.now();
  const counts = await countsOf(part, builds, options);
  return { name: part.name, seconds: (performance.now() - start) / 1000, ...counts };
}

async function countsOf(part, builds, options) {
  try {
    for (const build of part.needs) await builds[build]();
    const counts = await part.run(options);
    if (counts.passed + counts.failed > 0) return counts;
    console.error(`The part ${part.name} executed no test.`);
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
  }
  return { passed: 0, failed: 1 };
}

function once(action) {
  let result;
  return () => (result ??= action());
}
