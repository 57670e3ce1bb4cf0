// `npm run fuzz [-- seconds]`: runs every fuzz target for that long (default 60) with its corpus.
// New inputs stay in build/fuzz-corpus; a crash is written to build/fuzz-crashes.

import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildWithCMake } from './build.mjs';
import { listFiles } from './files.mjs';
import { root } from './paths.mjs';
import { Failure, main, run } from './process.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  const seconds = Number(process.argv[2] ?? 60);
  if (!(seconds > 0)) throw new Failure('Usage: npm run fuzz [-- seconds per target]');
  await setUp('fuzz');
  await buildWithCMake('fuzz', { quiet: false });
  const failed = [];
  for (const target of targets()) {
    if (!(await fuzz(target, seconds))) failed.push(target);
  }
  if (failed.length === 0) return 0;
  throw new Failure(`Failed: ${failed.join(', ')}. The inputs are in build/fuzz-crashes.`);
});

function targets() {
  const sources = listFiles('tests/fuzz').filter((file) => /^tests\/fuzz\/[^/]+\.cpp$/.test(file));
  if (sources.length === 0) throw new Failure('There is no fuzz target in tests/fuzz.');
  return sources.map((file) => basename(file, '.cpp'));
}

async function fuzz(target, seconds) {
  console.log(`\n=== ${target}, ${seconds} s ===`);
  const found = join(root, 'build/fuzz-corpus', target);
  const crashes = join(root, 'build/fuzz-crashes');
  for (const folder of [found, crashes]) mkdirSync(folder, { recursive: true });
  const corpus = [found, join(root, 'tests/fuzz/corpus', target)];
  const limits = [`-max_total_time=${seconds}`, '-verbosity=0', '-print_final_stats=1'];
  const options = [...limits, `-artifact_prefix=${crashes}/${target}-`];
  const { code } = await run(join(root, 'build/fuzz', target), [...options, ...corpus]);
  return code === 0;
}
