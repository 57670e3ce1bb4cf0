import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a module of this folder or its neighbours, for production, and parses what it prints. */
export async function runChild(file, input) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const env = { ...process.env, NODE_ENV: 'production' };
  const args = ['--expose-gc', path, JSON.stringify(input)];
  const { stdout } = await execute(process.execPath, args, { env });
  return JSON.parse(stdout);
}
