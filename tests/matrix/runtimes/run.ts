import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

export const folder = import.meta.dirname;
export const outputs = path.resolve(folder, '../../../build/matrix-runtimes');

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A command of a package that is installed here: what it printed, or as the message of a failure. */
export async function run(name: string, args: readonly string[], options: Options = {}) {
  // What it runs is neither a test of the runner above it nor built for tests.
  const env = { ...process.env, VITEST: undefined, NODE_ENV: undefined, ...options.env };
  const command = path.join(folder, 'node_modules/.bin', name);
  const cwd = options.cwd ?? folder;
  const running = promisify(execFile)(command, args, { cwd, env, maxBuffer: 2 ** 26 });
  const { stdout } = await running.catch((error: Error & { stdout: string }) => {
    throw new Error(`${error.message}\n${error.stdout}`);
  });
  return stdout;
}
