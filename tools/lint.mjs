// `npm run lint` checks style and layers; `npm run format` (--fix) rewrites what formatters can.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { listFiles } from './files.mjs';
import { root } from './paths.mjs';
import { Failure, main, mustRun, run } from './process.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  const fix = process.argv.includes('--fix');
  await setUp('lint');
  const commands = fix ? formatters(['--write'], ['-i']) : checks();
  const failed = [];
  for (const [command, ...args] of commands) {
    const { code } = await run(command, args, { cwd: root });
    if (code !== 0) failed.push(command);
  }
  if (!fix && !(await clangTidy())) failed.push('clang-tidy');
  if (failed.length > 0) throw new Failure(`Lint failed: ${failed.join(', ')}.`);
});

function checks() {
  return [
    ['node', 'tools/check-layers.mjs'],
    ['eslint', '--max-warnings', '0', '.'],
    ...formatters(['--check', '--log-level', 'warn'], ['--dry-run', '-Werror']),
  ];
}

function formatters(prettier, clangFormat) {
  const sources = ['src', 'bindings', 'tests'].flatMap(listFiles);
  return [
    ['prettier', ...prettier, '.'],
    ['clang-format', ...clangFormat, ...sources.filter((file) => /\.(h|cpp)$/.test(file))],
  ];
}

/** Runs clang-tidy on the sources that a native build compiles, as many at once as there are cores. */
async function clangTidy() {
  // clang reads no headers that g++ has precompiled.
  const flags = ['-B', 'build/lint', '-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON'];
  await mustRun('cmake', ['--preset', 'dev', ...flags], { cwd: root });
  const database = readFileSync(join(root, 'build/lint/compile_commands.json'), 'utf8');
  const files = JSON.parse(database).map(({ file }) => file);
  const queue = files.filter((file) => file.startsWith(join(root, 'src/')));
  const results = await Promise.all(
    Array.from({ length: availableParallelism() }, () => tidyUntilEmpty(queue)),
  );
  return results.every(Boolean);
}

async function tidyUntilEmpty(queue) {
  let clean = true;
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const args = ['--quiet', '-p', 'build/lint', file];
    const { code, output } = await run('clang-tidy', args, { cwd: root, quiet: true });
    if (code === 0) continue;
    clean = false;
    process.stderr.write(output);
  }
  return clean;
}
