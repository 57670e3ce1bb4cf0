import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BridgeCounters } from 'isthmus';
import sirv from 'sirv';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const threeRemotes = ['host', 'one', 'two', 'three'];

declare global {
  /** What the page of tests/e2e/federation offers; its stores are `shared`, `checkout` and `search`. */
  var federation: {
    storeIds(): string[];
    /** Of the host and of its remotes, and of the isolated stores. */
    ledgers(): string[][];
    counters(): BridgeCounters[];
    gaps(): unknown[];
    makeEntries(tab: string, count: number): Promise<void>;
  };
}

/** A host and its remotes, each on an origin of its own. */
export class FederatedPage {
  private constructor(
    readonly url: string,
    readonly servers: Server[],
  ) {}

  /**
   * Builds the apps of a folder beside this file. They know each other's addresses, so the servers come
   * first.
   */
  static async build(project = 'federation', apps = threeRemotes): Promise<FederatedPage> {
    const output = path.join(repository, 'build', `e2e-${project}`);
    const servers = await Promise.all(apps.map((app) => serve(output, app)));
    const urls = servers.map((server) => {
      return `http://localhost:${(server.address() as AddressInfo).port}`;
    });
    const page = new FederatedPage(urls[0]!, servers);
    const env = ['output=' + output, ...apps.map((app, i) => `${app}=${urls[i]}`)];
    const cli = path.join(repository, 'node_modules/webpack-cli/bin/cli.js');
    const config = path.join(repository, 'tests/e2e', project, 'webpack.config.mjs');
    const args = [cli, 'build', '--config', config, ...env.flatMap((one) => ['--env', one])];
    try {
      await run(process.execPath, args, { cwd: repository });
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

function serve(output: string, app: string): Promise<Server> {
  const files = sirv(path.join(output, app), { dev: true });
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    const isPage = app === 'host' && request.url === '/';
    if (!isPage) return files(request, response, () => void response.writeHead(404).end());
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><script src="main.js" defer></script>');
  });
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)));
}
