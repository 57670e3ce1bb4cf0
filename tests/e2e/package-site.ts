import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';

const repository = new URL('../../', import.meta.url);

const types: Record<string, string> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  wasm: 'application/wasm',
};

/** An origin with a page whose scripts may import the built package, and a page that does nothing. */
export class PackageSite {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** `app` is the page's module. `previous` is the folder of a package that is used with `?previous`. */
  static async open(app: string, previous?: string): Promise<PackageSite> {
    const server = createServer((request, response) => {
      void bodyOf(new URL(request.url!, 'http://localhost'), app, previous).then(
        ([type, body]) => {
          // What is loaded again is the page: its modules are the same and compiled.
          const caching = type === 'text/html' ? 'no-cache' : 'max-age=3600';
          response.writeHead(200, { 'Content-Type': type, 'Cache-Control': caching }).end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new PackageSite(server);
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

function importsFrom(dist: string) {
  return {
    isthmus: `${dist}/index.js`,
    'isthmus/redux': `${dist}/redux.js`,
    'isthmus/storage': `${dist}/storage.js`,
    '#engine-source': `${dist}/engine-source.browser.js`,
    redux: '/node_modules/redux/dist/redux.browser.mjs',
  };
}

async function bodyOf(
  url: URL,
  app: string,
  previous?: string,
): Promise<[string, string | Buffer]> {
  const { pathname, searchParams } = url;
  if (pathname === '/elsewhere') return ['text/html', '<!doctype html><title>elsewhere</title>'];
  if (pathname === '/') {
    const imports = importsFrom(searchParams.has('previous') ? '/previous/dist' : '/dist');
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
    return ['text/html', `<!doctype html>${map}<script type="module">${app}</script>`];
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
