// @vitest-environment jsdom
import type * as Isthmus from 'isthmus';
import type { SharedStore } from 'isthmus';
import type * as Storage from 'isthmus/storage';
import { beforeEach, expect, it, vi } from 'vitest';
import { Release } from '../../releases.js';
import { clearPage, pageRegistry } from '../fresh-page.js';

const host = new Release('storage-host', { version: '0.3.1' });
const remote = new Release('storage-remote', { version: '0.4.0' });

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  clearPage();
});

/** The store of a page whose engine is the host's. */
async function openHost(): Promise<SharedStore> {
  const { joinSharedStore, loadEngine } = await host.load<typeof Isthmus>();
  await loadEngine();
  const cart = { key: 'cart', reducer: (state: unknown = ['fresh']) => state };
  return joinSharedStore({ app: 'host', slices: [cart] }).store;
}

/** The remote's `isthmus/storage`, evaluated anew. */
const loadStorage = () => remote.load<typeof Storage>('storage.js');

it('a remote with its own copy keeps a slice by the engine of the copy that came first', async () => {
  const store = await openHost();
  const { memoryAdapter, persistSlice } = await loadStorage();
  const saved = new Map([['cart', { schemaVersion: 1, savedAt: 1, state: ['saved'] }]]);
  const options = { slice: 'cart', name: 'cart', storage: memoryAdapter(saved) };
  const persistence = persistSlice({ store, ...options });
  expect(await persistence.hydrated).toBe('restored');
  expect(store.read(['cart'])).toEqual(['saved']);
  await persistence.stop();
});

it('where that copy is too old to check snapshots, an error names it and what to do', async () => {
  const store = await openHost();
  const engine = pageRegistry()!.engine!.loaded!;
  delete (Object.getPrototypeOf(engine) as { loadCrossing?: unknown }).loadCrossing;
  const { memoryAdapter, persistSlice } = await loadStorage();
  const persist = () => persistSlice({ store, slice: 'cart', storage: memoryAdapter() });
  expect(persist).toThrow(expect.objectContaining({ name: 'IsthmusError', code: 'protocol' }));
  expect(persist).toThrow(/isthmus 0\.3\.1 \(file:.*storage-host.*\) came first .*update isthmus/);
  expect(store.status('cart')).toBe('ready');
});

it('before loadEngine an error says so', async () => {
  const { memoryAdapter, persistSlice } = await loadStorage();
  const store = { name: 'app' } as SharedStore;
  const persist = () => persistSlice({ store, slice: 'cart', storage: memoryAdapter() });
  expect(persist).toThrow(expect.objectContaining({ code: 'engine-missing' }));
});
