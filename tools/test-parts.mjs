// The parts of `npm test`, in the order of its table. Each names the builds it needs and resolves with its counts.
// Those that are `native` run beside the others. Those that are `extra` run when they are asked for by name, or with
// `all`, as .ci/run does.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { checkPackage } from './check-package.mjs';
import { root } from './paths.mjs';
import { run } from './process.mjs';
import { countCtest, countPlaywright, countVitest, withExitCode } from './test-results.mjs';

export const parts = [
  { name: 'native', native: true, needs: ['dev'], run: (options) => ctest('dev', options) },
  {
    name: 'asan',
    native: true,
    extra: true,
    needs: ['asan'],
    run: (options) => ctest('asan', options),
  },
  {
    name: 'wasm',
    needs: ['package', 'programs'],
    run: () => vitest('wasm', ['--project', 'wasm']),
  },
  { name: 'web', needs: ['package'], run: () => vitest('web', ['--project', 'web']) },
  // Of `browser`, what needs no browser, in Node.
  {
    name: 'redux',
    extra: true,
    needs: ['package'],
    run: () => vitest('redux', ['--project', 'redux']),
  },
  { name: 'browser', needs: ['package'], run: () => vitest('chromium', ['--project', 'chromium']) },
  { name: 'package', needs: ['package'], run: checkPackage },
  { name: 'layers', needs: ['modules'], run: () => command('node', ['tools/check-layers.mjs']) },
  {
    name: 'e2e',
    needs: ['package', 'demo'],
    run: () => playwright('tests/e2e/playwright.config.ts', 'e2e'),
  },
  { name: 'types', extra: true, needs: ['modules'], run: () => command('tsc', ['--noEmit']) },
  { name: 'lint', extra: true, needs: ['modules'], run: () => command('node', ['tools/lint.mjs']) },
  { name: 'size', extra: true, needs: ['package'], run: () => command('node', ['tools/size.mjs']) },
];

async function ctest(preset, { quiet }) {
  const args = ['--preset', preset, '--verbose', '--parallel', `${availableParallelism()}`];
  const { code, output } = await run('ctest', args, { cwd: root, quiet });
  return { output, ...withExitCode(countCtest(output), code) };
}

/** The tests that `options` select; the report in build/reports is called `name`. */
export async function vitest(name, options) {
  const report = freshReport(name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', ...options, ...reporters];
  const { code } = await run('vitest', args, { cwd: root });
  return withExitCode(readCounts(report, countVitest), code);
}

/** The tests of `config`, whose JSON report goes to build/reports/`name`.json. */
export async function playwright(config, name) {
  const report = freshReport(name);
  const args = ['test', '--config', config];
  const { code } = await run('playwright', args, { cwd: root });
  return withExitCode(readCounts(report, countPlaywright), code);
}

async function command(name, args) {
  const { code } = await run(name, args, { cwd: root });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function freshReport(name) {
  const report = join(root, 'build/reports', `${name}.json`);
  rmSync(report, { force: true });
  return report;
}

function readCounts(report, count) {
  if (!existsSync(report)) return { passed: 0, failed: 0, failures: [] };
  return count(JSON.parse(readFileSync(report, 'utf8')));
}
