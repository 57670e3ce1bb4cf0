import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

interface Served {
  /** The last address that the script has printed. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs a script of a folder until it prints an address; what it printed is the message of a failure. */
export async function serve(folder: string, script: string, ...args: string[]): Promise<Served> {
  // Under vitest Vite's federation plugin would do nothing, and bundlers build for tests.
  const env = { ...process.env, VITEST: undefined, NODE_ENV: undefined };
  const child = spawn(process.execPath, [path.join(folder, script), ...args], { cwd: folder, env });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const told: string[] = [];
  const errors = createInterface({ input: child.stderr });
  errors.on('line', (line) => told.push(line));
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line);
    const [url] = /https?:\/\/\S+/.exec(line) ?? [];
    if (url === undefined) continue;
    child.stdout.resume();
    return { url, stop: () => (child.kill(), ended) };
  }
  throw new Error(`${script} ${args.join(' ')} has ended:\n${told.join('\n')}`);
}
