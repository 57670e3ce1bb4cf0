import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { importMap } from './import-map.js';

const repository = new URL('../../', import.meta.url);

const types: Record<string, string> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  wasm: 'application/wasm',
};

/** What the pages of a {@link PackageSite} are made of. */
export interface SitePages {
  /** The page's module. */
  readonly app: string;
  /** A classic script that runs before any module. */
  readonly first?: string;
  /** The folder of a package that is used with `?previous`. */
  readonly previous?: string | undefined;
}

/** An origin with a page whose scripts may import the built package, and a page that does nothing. */
export class PackageSite {
  /** What pages have told by `/told?who=...&what=...`, the last of each: no driver need live to ask. */
  readonly told: ReadonlyMap<string, string>;
  readonly #server: Server;

  private constructor(server: Server, told: ReadonlyMap<string, string>) {
    this.#server = server;
    this.told = told;
  }

  static async open(pages: SitePages): Promise<PackageSite> {
    const told = new Map<string, string>();
    const server = createServer((request, response) => {
      const url = new URL(request.url!, 'http://localhost');
      if (url.pathname === '/told') {
        told.set(url.searchParams.get('who')!, url.searchParams.get('what')!);
      }
      void bodyOf(url, pages).then(
        ([type, body]) => {
          // What is loaded again is the page: its modules are the same and compiled.
          const caching = type === 'text/html' ? 'no-cache' : 'max-age=3600';
          response.writeHead(200, { 'Content-Type': type, 'Cache-Control': caching }).end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new PackageSite(server, told);
  }

  url(query: Record<string, string> = {}): string {
    return `${this.#origin}/?${new URLSearchParams(query)}`;
  }

  get elsewhere(): string {
    return `${this.#origin}/elsewhere`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get #origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }
}

async function bodyOf(url: URL, pages: SitePages): Promise<[string, string | Buffer]> {
  const { app, first = '', previous } = pages;
  const { pathname, searchParams } = url;
  if (['/elsewhere', '/told'].includes(pathname))
    return ['text/html', '<!doctype html><title>elsewhere</title>'];
  if (pathname === '/') {
    const isPrevious = searchParams.has('previous');
    const map = isPrevious ? importMap('/previous/dist', 'index.js') : importMap();
    const scripts = `<script>${first}</script>${map}<script type="module">${app}</script>`;
    return ['text/html', `<!doctype html>${scripts}`];
  }
  const type = types[pathname.split('.').at(-1) ?? ''];
  if (type === undefined) throw new Error(`there is no ${pathname}`);
  return [type, await readFile(fileURLToPath(fileAt(pathname, previous)))];
}

function fileAt(pathname: string, previous?: string): URL {
  const old = '/previous/';
  if (previous !== undefined && pathname.startsWith(old)) {
    return new URL(pathname.slice(old.length), `${pathToFileURL(previous)}/`);
  }
  const isOffered = /^\/(dist|node_modules\/redux)\//.test(pathname);
  if (!isOffered) throw new Error(`there is no ${pathname}`);
  return new URL(`.${pathname}`, repository);
}
