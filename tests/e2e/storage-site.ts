import type { Persistence, SnapshotRefusal } from 'isthmus/storage';

import { PackageSite } from './package-site.js';

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

const app = `
import { createIsolatedStore, defineSlice, loadEngine } from 'isthmus';
import { payload, push } from 'isthmus/program';
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

/** The origin of a page that keeps a log in a storage. */
export class StorageSite {
  private constructor(readonly site: PackageSite) {}

  static async open(): Promise<StorageSite> {
    return new StorageSite(await PackageSite.open({ app }));
  }

  url(storage: string, release = 1): string {
    return this.site.url({ storage, release: String(release) });
  }

  get elsewhere(): string {
    return this.site.elsewhere;
  }

  close(): void {
    this.site.close();
  }
}
