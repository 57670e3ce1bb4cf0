import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import sirv from 'sirv';
import type { SharedStore } from 'isthmus';

const repository = path.resolve(import.meta.dirname, '../../..');
const output = path.join(repository, 'build/matrix-browsers');

declare global {
  /** What the page of page/app.js offers. */
  var matrix: {
    store: SharedStore;
    drops: string[];
    violations: string[];
    tryEval(): Promise<string>;
  };
}

/** A host and its remote, built by webpack and served from two origins under a strict policy. */
export class FederatedPage {
  private constructor(
    readonly url: string,
    readonly servers: readonly Server[],
  ) {}

  /** The host's build knows the remote's address, so the servers come first. */
  static async build(): Promise<FederatedPage> {
    const remote = await serve('remote', {});
    const policy = policyFor(urlOf(remote));
    const host = await serve('host', { 'Content-Security-Policy': policy });
    const page = new FederatedPage(urlOf(host), [host, remote]);
    try {
      await runWebpack(urlOf(remote));
    } catch (error) {
      page.close();
      throw error;
    }
    return page;
  }

  close(): void {
    for (const server of this.servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}

function policyFor(remote: string): string {
  const sources = `'self' ${remote}`;
  // WebKit asks for an icon by itself.
  return `default-src 'none'; img-src 'self'; script-src ${sources} 'wasm-unsafe-eval'; connect-src ${sources}`;
}

async function runWebpack(remote: string): Promise<void> {
  const cli = path.join(repository, 'node_modules/webpack-cli/bin/cli.js');
  const config = path.join(import.meta.dirname, 'page/webpack.config.mjs');
  const env = ['--env', `output=${output}`, '--env', `remote=${remote}`];
  const args = [cli, 'build', '--config', config, ...env];
  await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
}

function serve(app: string, headers: Record<string, string>): Promise<Server> {
  const files = sirv(path.join(output, app), { dev: true });
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    const isPage = app === 'host' && /^\/(\?|$)/.test(request.url ?? '');
    if (!isPage) return files(request, response, () => void response.writeHead(404).end());
    response.writeHead(200, { 'Content-Type': 'text/html', ...headers });
    response.end('<!doctype html><div id="root"></div><script src="main.js"></script>');
  });
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)));
}

function urlOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
