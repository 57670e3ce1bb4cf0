import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

it.each([
  [
    'Node and jsdom, by modules',
    'jest-example',
    ['--experimental-vm-modules', '--no-warnings'],
    2,
    3,
  ],
  ['jsdom, by require, as it comes', 'jest-commonjs', [], 1, 2],
])('Jest runs it: %s', async (_how, folder, flags, suites, tests) => {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const args = [...flags, jest, '--runInBand', '--json'];
  const { stdout } = await run(process.execPath, args, { cwd: join(root, 'tests', folder) });
  expect(JSON.parse(stdout)).toMatchObject({
    success: true,
    numTotalTestSuites: suites,
    numPassedTests: tests,
    numTotalTests: tests,
  });
});

it('Vitest runs it in jsdom, transformed as an app’s own code is (server.deps.inline)', async () => {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const cwd = join(root, 'tests/vitest-inlined');
  const args = [vitest, 'run', '--root', '.', '--reporter=json'];
  const { stdout } = await run(process.execPath, args, { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ success: true, numPassedTests: 3, numTotalTests: 3 });
});
