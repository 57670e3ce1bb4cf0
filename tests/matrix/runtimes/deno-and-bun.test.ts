import path from 'node:path';
import { expect, it } from 'vitest';
import { outputs, run } from './run.js';

const program = 'programs/count.mjs';
const printed = '{"counter":{"count":2,"last":3}}\n';

it('Deno runs a store, and has to allow nothing for it', async () => {
  const env = { DENO_DIR: path.join(outputs, 'deno'), DENO_NO_UPDATE_CHECK: '1' };
  const args = ['run', '--no-prompt', '--no-remote', '--no-lock', program];
  expect(await run('deno', args, { env })).toBe(printed);
});

it('Bun runs a store', async () => {
  expect(await run('bun', ['run', program])).toBe(printed);
});

it('so does a bundle by Bun, which is one file', async () => {
  const outfile = path.join(outputs, 'bun/count.mjs');
  await run('bun', ['build', '--target=bun', `--outfile=${outfile}`, program]);
  expect(await run('bun', ['run', outfile], { cwd: path.dirname(outfile) })).toBe(printed);
});
