import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Persistence, SnapshotRefusal } from 'isthmus/storage';

const repository = new URL('../../', import.meta.url);

declare global {
  /** What a page of {@link StorageSite} offers once it is ready. */
  var kept: {
    readonly persistence: Persistence;
    readonly refusals: SnapshotRefusal[];
    /** Whether the page came back from the back/forward cache. */
    hasReturned: boolean;
    /** What is to be added by the page's own listeners of these events. */
    readonly onEvent: { pagehide?: string; visibilitychange?: string };
    add(text: string): void;
    items(): string[];
  };
}

const imports = {
  isthmus: '/dist/index.js',
  'isthmus/storage': '/dist/storage.js',
  '#engine-source': '/dist/engine-source.browser.js',
  redux: '/node_modules/redux/dist/redux.browser.mjs',
};

const app = `
import { createIsolatedStore, defineSlice, loadEngine, payload, push } from 'isthmus';
import { indexedDbAdapter, localStorageAdapter, persistSlice } from 'isthmus/storage';

const query = new URLSearchParams(location.search);
const schemaVersion = Number(query.get('release'));
const log = defineSlice({
  name: 'log',
  schemaVersion,
  initialState: { items: [] },
  reducers: { add: [push('/items', payload())] },
});
await loadEngine();
const store = createIsolatedStore({ name: 'app', slices: [log] });
const add = (text) => store.dispatch(log.actions.add(text));
const onEvent = {};
const listenTo = (target, type) => target.addEventListener(type, () => {
  if (onEvent[type] !== undefined) add(onEvent[type]);
  delete onEvent[type];
});
listenTo(window, 'pagehide');
const refusals = [];
const persistence = persistSlice({
  store,
  slice: log,
  storage: query.get('storage') === 'IndexedDB' ? indexedDbAdapter() : localStorageAdapter(),
  contract: {
    state: { type: 'object', required: ['items'] },
    upcast: { 1: [push('/items', 'carried')] },
  },
  onRefused: (refusal) => refusals.push(refusal),
});
listenTo(document, 'visibilitychange');
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) return;
  const ends = new BroadcastChannel('ends');
  ends.postMessage(store.read(['log', 'items']).at(-1));
  ends.close(); // an open one would keep the page out of the back/forward cache
});
await persistence.hydrated;
globalThis.kept = {
  persistence, refusals, onEvent, add,
  hasReturned: false,
  items: () => [...store.read(['log', 'items'])],
};
addEventListener('pageshow', ({ persisted }) => (kept.hasReturned = persisted));
`;

const types: Record<string, string> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  wasm: 'application/wasm',
};

/** An origin with a page that keeps a log in a storage, and one that does nothing. */
export class StorageSite {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<StorageSite> {
    const server = createServer((request, response) => {
      void bodyOf(new URL(request.url!, 'http://localhost').pathname).then(
        ([type, body]) => {
          // What is loaded again is the page: its modules are the same and compiled.
          const caching = type === 'text/html' ? 'no-cache' : 'max-age=3600';
          response.writeHead(200, { 'Content-Type': type, 'Cache-Control': caching }).end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new StorageSite(server);
  }

  url(storage: string, release = 1): string {
    return `${this.#origin}/?${new URLSearchParams({ storage, release: String(release) })}`;
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

async function bodyOf(path: string): Promise<[string, string | Buffer]> {
  if (path === '/elsewhere') return ['text/html', '<!doctype html><title>elsewhere</title>'];
  if (path === '/') {
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
    return ['text/html', `<!doctype html>${map}<script type="module">${app}</script>`];
  }
  const type = types[path.split('.').at(-1) ?? ''];
  const isOffered = /^\/(dist|node_modules\/redux)\//.test(path);
  if (!isOffered || type === undefined) throw new Error(`there is no ${path}`);
  return [type, await readFile(fileURLToPath(new URL(`.${path}`, repository)))];
}
