import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../../jest-example');
const jest = join(import.meta.dirname, '../../../node_modules/jest/bin/jest.js');

it('the kit works in Jest, in its Node and its jsdom environment', async () => {
  const args = ['--experimental-vm-modules', '--no-warnings', jest, '--runInBand', '--json'];
  const { stdout } = await run(process.execPath, args, { cwd: folder });
  expect(JSON.parse(stdout)).toMatchObject({
    success: true,
    numTotalTestSuites: 2,
    numPassedTests: 3,
    numTotalTests: 3,
  });
});
