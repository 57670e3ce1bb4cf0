import path from 'node:path';
import { expect, it } from 'vitest';
import { folder, run } from './run.js';

it('Jest 30 runs it in jsdom by require, as it comes', async () => {
  const args = ['--runInBand', '--json'];
  const told = await run('jest', args, { cwd: path.join(folder, 'jest') });
  expect(JSON.parse(told)).toMatchObject({ success: true, numPassedTests: 2, numTotalTests: 2 });
});

it.each([
  ['as it comes', 'test'],
  ['transformed as an app’s own code is (server.deps.inline)', 'inlined'],
])('Vitest 3 runs it in jsdom, %s', async (_how, mode) => {
  const args = ['run', '--root', '.', '--mode', mode, '--reporter', 'json'];
  const told = await run('vitest', args, { cwd: path.join(folder, 'vitest') });
  expect(JSON.parse(told)).toMatchObject({ success: true, numPassedTests: 2, numTotalTests: 2 });
});
