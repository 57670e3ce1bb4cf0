// `npm run fuzz [-- seconds [target ...]]`: runs every fuzz target, or those named, for that long
// (default 60) with its corpus. New inputs stay in build/fuzz-corpus; a crash is written to
// build/fuzz-crashes.

import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildWithCMake } from './build.mjs';
import { listFiles } from './files.mjs';
import { root } from './paths.mjs';
import { Failure, main, mustRun, run } from './process.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  const seconds = Number(process.argv[2] ?? 60);
  if (!(seconds > 0)) throw new Failure('Usage: npm run fuzz [-- seconds [target ...]]');
  const chosen = choose(process.argv.slice(3));
  await setUp();
  await buildWithCMake('fuzz', { quiet: false });
  await writeSeeds();
  const failed = [];
  for (const target of chosen) {
    if (!(await fuzz(target, seconds))) failed.push(target);
  }
  if (failed.length === 0) return 0;
  throw new Failure(`Failed: ${failed.join(', ')}. The inputs are in build/fuzz-crashes.`);
});

function choose(names) {
  const known = targets();
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names.length === 0 ? known : names;
  throw new Failure(`There is no fuzz target ${unknown.join(', ')}, only: ${known.join(' ')}.`);
}

function targets() {
  const sources = listFiles('tests/fuzz').filter((file) => /^tests\/fuzz\/[^/]+\.cpp$/.test(file));
  if (sources.length === 0) throw new Failure('There is no fuzz target in tests/fuzz.');
  return sources.map((file) => basename(file, '.cpp'));
}

/** The JSON cases that have programs, as inputs for the target `definition`. */
async function writeSeeds() {
  const folders = [join(root, 'tests/cases'), join(root, 'build/fuzz-seeds/definition')];
  await mustRun(join(root, 'build/fuzz/fuzz_seeds'), folders, { cwd: root });
}

async function fuzz(target, seconds) {
  console.log(`\n=== ${target}, ${seconds} s ===`);
  const found = join(root, 'build/fuzz-corpus', target);
  const crashes = join(root, 'build/fuzz-crashes');
  for (const folder of [found, crashes]) mkdirSync(folder, { recursive: true });
  const seeds = [join(root, 'tests/fuzz/corpus', target), join(root, 'build/fuzz-seeds', target)];
  const limits = [`-max_total_time=${seconds}`, '-verbosity=0', '-print_final_stats=1'];
  const options = [...limits, `-artifact_prefix=${crashes}/${target}-`];
  const words = join(root, 'tests/fuzz', `${target}.dict`);
  if (existsSync(words)) options.push(`-dict=${words}`);
  const corpus = [found, ...seeds.filter(existsSync)];
  const { code } = await run(join(root, 'build/fuzz', target), [...options, ...corpus]);
  return code === 0;
}
