import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const examples = path.join(import.meta.dirname, '../../../examples');

/** As whoever tries it types it, each behind `npm run`; a dev server has no build. */
export interface Scripts {
  readonly build?: readonly string[];
  readonly serve: readonly string[];
}

/** An example's apps, built and served. What a build printed is the message of a failure. */
export class Example {
  readonly #folder: string;
  #stop: () => Promise<void> = async () => undefined;

  constructor(name: string) {
    this.#folder = path.join(examples, name);
  }

  async start(
    url: string,
    { build, serve }: Scripts = { build: ['build'], serve: ['start'] },
  ): Promise<void> {
    const env = {
      ...process.env,
      NODE_ENV: undefined,
      NEXT_TELEMETRY_DISABLED: '1',
      NG_CLI_ANALYTICS: 'false',
    };
    const options = { cwd: this.#folder, env };
    if (build) await run('npm', ['run', ...build], { ...options, maxBuffer: 2 ** 26 });
    const child = spawn('npm', ['run', ...serve], { ...options, detached: true, stdio: 'ignore' });
    this.#stop = async () => {
      if (child.exitCode === null) process.kill(-child.pid!);
      while (await answers(url)) await setTimeout(200); // whoever is next may take its port
    };
    while (!(await answers(url))) {
      if (child.exitCode !== null) {
        throw new Error(`npm run ${serve.join(' ')} has ended with ${child.exitCode}`);
      }
      await setTimeout(200);
    }
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
