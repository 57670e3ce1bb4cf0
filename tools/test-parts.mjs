// The parts of `npm test`, in order. Each names the builds it needs and resolves with its counts. Those
// that are `extra` run when they are asked for by name, or with `all`, as .ci/run does.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildWithCMake } from './build.mjs';
import { checkPackage } from './check-package.mjs';
import { root } from './paths.mjs';
import { run } from './process.mjs';
import { countCtest, countPlaywright, countVitest, withExitCode } from './test-results.mjs';

export const parts = [
  { name: 'native', needs: [], run: () => ctest('dev') },
  { name: 'asan', extra: true, needs: [], run: () => ctest('asan') },
  { name: 'wasm', needs: ['package'], run: () => vitest('wasm', ['--project', 'wasm']) },
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
  { name: 'layers', needs: [], run: () => command('node', ['tools/check-layers.mjs']) },
  {
    name: 'e2e',
    needs: ['package', 'demo'],
    run: () => playwright('tests/e2e/playwright.config.ts', 'e2e'),
  },
  { name: 'types', extra: true, needs: [], run: () => command('tsc', ['--noEmit']) },
  { name: 'lint', extra: true, needs: [], run: () => command('node', ['tools/lint.mjs']) },
  { name: 'size', extra: true, needs: ['package'], run: () => command('node', ['tools/size.mjs']) },
];

async function ctest(preset) {
  await buildWithCMake(preset, { quiet: false });
  const args = ['--preset', preset, '--verbose', '--parallel', `${availableParallelism()}`];
  const { code, output } = await run('ctest', args, { cwd: root });
  return withExitCode(countCtest(output), code);
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
