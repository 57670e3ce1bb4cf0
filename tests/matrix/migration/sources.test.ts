import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

// The project's own check leaves this folder out, since it may have no node_modules.
it('the tests of this folder compile', async () => {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const result = promisify(execFile)(process.execPath, [tsc, '-p', import.meta.dirname]);
  const { stdout } = await result.catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
});
