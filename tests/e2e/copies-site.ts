import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { build as esbuild } from 'esbuild';
import type { Copy, Duplicate } from 'isthmus';
import sirv from 'sirv';
import { Release } from '../releases.js';

const run = promisify(execFile);
const repository = path.join(import.meta.dirname, '../..');
const output = path.join(repository, 'build/e2e-copies');
const releases = path.join(repository, 'build/releases');

const hosts = ['host', 'eager', 'classic', 'iife'] as const;
const remotes = [
  ...['shared', 'newerShared', 'unshared', 'relative', 'newer', 'older', 'other'],
  ...['demoCart', 'demoCartOther'],
];

export type Host = (typeof hosts)[number];

interface App {
  add(): void;
  state(): Record<string, number>;
  storeId(): string;
  engines(): number;
  copies(): (Copy & { active: boolean })[];
  duplicates(): Duplicate[];
}

declare global {
  /** What the pages of tests/e2e/copies offer. */
  var site: {
    apps: { host?: App; remote?: App };
    openHost(): Promise<void>;
    openRemote(url: string, container: string): Promise<void>;
  };
}

/** Hosts and remotes with copies of isthmus of their own, each on an origin of its own. */
export class CopiesSite {
  private constructor(readonly servers: ReadonlyMap<string, Server>) {}

  static async build(): Promise<CopiesSite> {
    const release = (version: string, protocol = 1) => new Release(version, { version, protocol });
    for (const version of ['0.3.0', '0.4.0']) release(version);
    release('1.0.0', 2);
    const host = release('0.3.1');
    await runWebpack();
    await bundleClassicScript(host);
    const names = [...hosts, ...remotes];
    const servers = await Promise.all(
      names.map(async (name) => [name, await serve(name)] as const),
    );
    return new CopiesSite(new Map(servers));
  }

  /** Where a host or remote is served from. */
  origin(name: string): string {
    return `http://localhost:${(this.servers.get(name)!.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const server of this.servers.values()) {
      server.close();
      server.closeAllConnections();
    }
  }
}

async function runWebpack(): Promise<void> {
  const cli = path.join(repository, 'node_modules/webpack-cli/bin/cli.js');
  const config = path.join(repository, 'tests/e2e/copies/webpack.config.mjs');
  const env = ['--env', `output=${output}`, '--env', `releases=${releases}`];
  await run(process.execPath, [cli, 'build', '--config', config, ...env], { cwd: repository });
}

/** One file without modules, in which `import.meta.url` is empty, and the wasm beside it. */
async function bundleClassicScript(release: Release): Promise<void> {
  const folder = path.join(output, 'iife');
  await esbuild({
    entryPoints: [path.join(repository, 'tests/e2e/copies/eager-host.js')],
    outfile: path.join(folder, 'main.js'),
    bundle: true,
    format: 'iife',
    platform: 'browser',
    alias: {
      isthmus: release.file('index.js'),
      'isthmus/program': path.join(repository, 'dist/program.js'),
    },
    tsconfigRaw: {}, // its paths would lead past the release
    logLevel: 'error',
  });
  copyFileSync(release.file('engine.wasm'), path.join(folder, 'engine.wasm'));
}

function serve(name: string): Promise<Server> {
  const files = sirv(path.join(output, name), { dev: true });
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.url !== '/')
      return files(request, response, () => void response.writeHead(404).end());
    response.setHeader('Content-Type', 'text/html');
    response.end(
      '<!doctype html><link rel="icon" href="data:,"><body><script src="main.js"></script>',
    );
  });
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)));
}
