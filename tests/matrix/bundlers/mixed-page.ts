import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sirv from 'sirv';

export type Bundler = 'webpack' | 'enhanced' | 'rspack' | 'vite' | OlderVite;
type OlderVite = 'vite6' | 'vite7';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('.', import.meta.url));
const outputs = path.join(folder, '../../../build/matrix');

interface Job {
  readonly app: string;
  readonly bundler: Bundler;
  readonly remotes?: object | undefined;
  readonly entry?: string;
}

/** Builds one app into a folder of its own; what the bundler told is the message of a failure. */
export async function buildApp(job: Job): Promise<string> {
  const output = path.join(outputs, job.app);
  await runScript('build.mjs', JSON.stringify({ ...job, output }));
  return output;
}

/** Runs a script of this folder; what it printed is the message of a failure. */
export async function runScript(name: string, ...args: string[]): Promise<void> {
  // Under vitest Vite's federation plugin would do nothing, and bundlers build for tests.
  const env = { ...process.env, VITEST: undefined, NODE_ENV: undefined };
  await run(process.execPath, [path.join(folder, name), ...args], { cwd: folder, env });
}

/** An app in a folder of its own, served from an origin of its own. */
export class ServedApp {
  private constructor(
    readonly name: string,
    readonly url: string,
    readonly output: string,
    readonly server: Server,
  ) {}

  static async build(name: string, bundler: Bundler, remotes?: object): Promise<ServedApp> {
    const output = await buildApp({ app: name, bundler, remotes });
    const files = sirv(output, { dev: true });
    const server = createServer((request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      if (request.url === '/favicon.ico') return void response.writeHead(204).end();
      if (request.url !== '/') {
        return files(request, response, () => void response.writeHead(404).end());
      }
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><main></main><script src="main.js"></script>');
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const { port } = server.address() as AddressInfo;
    return new ServedApp(name, `http://localhost:${port}`, output, server);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** How a host names a remote; the entry of Vite's is an ES module. */
function remoteOf({ name, url }: ServedApp, bundler: Bundler): string {
  if (!bundler.startsWith('vite')) return `${name}@${url}/entry.js`;
  return `promise import(/* webpackIgnore: true */ "${url}/entry.js")`;
}

export const bundlers: readonly Bundler[] = ['webpack', 'enhanced', 'rspack', 'vite'];
/** Those that can build the host. */
export const hosts: readonly Bundler[] = ['webpack', 'enhanced', 'rspack'];
/** The releases of Vite. */
export const vites: readonly Bundler[] = ['vite6', 'vite7', 'vite'];

/** One remote by each bundler, and hosts that load three of them. */
export class MixedApps {
  readonly #remotes = new Map<Bundler, ServedApp>();
  readonly #hosts: ServedApp[] = [];

  static async build(remotes = bundlers): Promise<MixedApps> {
    const apps = new MixedApps();
    for (const bundler of remotes) {
      apps.#remotes.set(bundler, await ServedApp.build(`${bundler}App`, bundler));
    }
    return apps;
  }

  remote(bundler: Bundler): ServedApp {
    return this.#remotes.get(bundler)!;
  }

  async host(bundler: Bundler, loaded: readonly Bundler[] = othersOf(bundler)): Promise<ServedApp> {
    const remotes = loaded.map((each, i) => {
      return [['one', 'two', 'three'][i], remoteOf(this.remote(each), each)];
    });
    const app = await ServedApp.build(`${bundler}Host`, bundler, Object.fromEntries(remotes));
    this.#hosts.push(app);
    return app;
  }

  close(): void {
    for (const app of [...this.#remotes.values(), ...this.#hosts]) app.close();
  }
}

export function othersOf(host: Bundler): Bundler[] {
  return bundlers.filter((each) => each !== host);
}

/** What the store holds once the host and all of its remotes have written `text`. */
export function stateOnceWritten(
  host: Bundler,
  text: string,
  remotes: readonly Bundler[] = othersOf(host),
): Record<string, string[]> {
  const notes = remotes.map((each) => {
    return [`notes-${each}App`, [`host ${text}`, `${each}App ${text}`]];
  });
  return { 'notes-host': [`host ${text}`], ...Object.fromEntries(notes) };
}
