// `npm run lint` checks style and layers; `npm run format` (--fix) rewrites what formatters can.

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { availableParallelism } from 'node:os';
import { listFiles } from './files.mjs';
import { root } from './paths.mjs';
import { Failure, main, mustRun, run } from './process.mjs';
import { setUp } from './setup.mjs';
import { whenChanged } from './stamps.mjs';

/** What has passed once passes again while it is unchanged. */
const known = ['--cache', '--cache-strategy=content', '--cache-location=build/lint/prettier'];

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
    ...formatters(['--check', '--log-level', 'warn', ...known], ['--dry-run', '-Werror']),
  ];
}

function formatters(prettier, clangFormat) {
  const sources = ['src', 'bindings', 'tests'].flatMap(listFiles);
  return [
    ['prettier', ...prettier, '.'],
    ['clang-format', ...clangFormat, ...sources.filter((file) => /\.(h|cpp)$/.test(file))],
  ];
}

/**
 * Runs clang-tidy on the sources that a native build compiles, as many at once as there are cores. One that
 * was clean is passed over until it, a header or the rules change.
 */
async function clangTidy() {
  // Each file by itself, and nothing has been built.
  const off = ['-DCMAKE_UNITY_BUILD=OFF', '-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON'];
  const flags = ['-B', 'build/lint', ...off];
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
    const source = relative(root, file);
    const rules = ['.clang-tidy', 'CMakeLists.txt', 'CMakePresets.json', 'tools/cmake'];
    const headers = listFiles('src').filter((each) => each.endsWith('.h'));
    try {
      await whenChanged(
        `tidy/${source}`,
        { inputs: [source, ...headers, ...rules], outputs: [] },
        () => tidy(source),
      );
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      clean = false;
      process.stderr.write(error.message);
    }
  }
  return clean;
}

async function tidy(source) {
  const args = ['--quiet', '-p', 'build/lint', source];
  const { code, output } = await run('clang-tidy', args, { cwd: root, quiet: true });
  if (code !== 0) throw new Failure(output);
}
