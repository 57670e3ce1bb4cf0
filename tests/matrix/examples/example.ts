import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const examples = path.join(import.meta.dirname, '../../../examples');

/** As whoever tries it does: `npm run build`, then `npm start`. What it printed is the message of a failure. */
export class Example {
  readonly #folder: string;
  #stop: () => void = () => undefined;

  constructor(name: string) {
    this.#folder = path.join(examples, name);
  }

  async start(url: string): Promise<void> {
    const env = {
      ...process.env,
      NODE_ENV: undefined,
      NEXT_TELEMETRY_DISABLED: '1',
      NG_CLI_ANALYTICS: 'false',
    };
    await run('npm', ['run', 'build'], { cwd: this.#folder, env, maxBuffer: 2 ** 26 });
    const child = spawn('npm', ['start'], {
      cwd: this.#folder,
      env,
      detached: true,
      stdio: 'ignore',
    });
    this.#stop = () => process.kill(-child.pid!);
    while (!(await answers(url))) {
      if (child.exitCode !== null) throw new Error(`npm start has ended with ${child.exitCode}`);
      await setTimeout(200);
    }
  }

  stop(): void {
    this.#stop();
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
