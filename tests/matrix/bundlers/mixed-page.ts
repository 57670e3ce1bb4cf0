import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sirv from 'sirv';

export type Bundler = 'webpack' | 'enhanced' | 'rspack' | 'vite';

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
  const text = JSON.stringify({ ...job, output });
  await run(process.execPath, [path.join(folder, 'build.mjs'), text], { cwd: folder });
  return output;
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
export function remoteOf({ name, url }: ServedApp, bundler: Bundler): string {
  if (bundler !== 'vite') return `${name}@${url}/entry.js`;
  return `promise import(/* webpackIgnore: true */ "${url}/entry.js")`;
}
