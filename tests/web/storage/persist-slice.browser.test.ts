import {
  createIsolatedStore,
  defineSlice,
  loadEngine,
  payload,
  push,
  type IsolatedStore,
} from 'isthmus';
import {
  indexedDbAdapter,
  localStorageAdapter,
  persistSlice,
  type Persistence,
  type SnapshotRefusal,
} from 'isthmus/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// The browser's own storages, in Chromium.
await loadEngine();

const notes = defineSlice({
  name: 'notes',
  initialState: [] as string[],
  reducers: { add: [push('', payload())] },
});
const NAME = 'isthmus/app/notes';
const ends: (() => Promise<void>)[] = [];

/** Another visit of the page. */
async function visit(
  storage = localStorageAdapter(),
): Promise<{ store: IsolatedStore; persistence: Persistence; refusals: SnapshotRefusal[] }> {
  const store = createIsolatedStore({ name: 'app', slices: [notes] });
  const refusals: SnapshotRefusal[] = [];
  const persistence = persistSlice({
    ...{ store, slice: notes, storage },
    contract: { state: { type: 'array', items: { type: 'string' } } },
    onRefused: (refusal) => refusals.push(refusal),
  });
  ends.push(() => persistence.stop().then(store.dispose));
  await store.whenReady('notes');
  return { store, persistence, refusals };
}

let databases = 0;
beforeEach(() => localStorage.clear());
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

describe.each([
  ['localStorage', localStorageAdapter],
  ['IndexedDB', () => indexedDbAdapter({ database: `notes-${++databases}` })],
])('a slice in %s', (_name, open) => {
  it('comes back on the next visit, and not once it was cleared', async () => {
    const storage = open();
    const first = await visit(storage);
    expect(await first.persistence.hydrated).toBe('empty');
    first.store.dispatch(notes.actions.add('tea'));
    await first.persistence.stop();
    const second = await visit(storage);
    expect(second.store.read(['notes'])).toEqual(['tea']);
    await second.persistence.clear();
    expect(await (await visit(storage)).persistence.hydrated).toBe('empty');
  });

  it('starts fresh when the snapshot is of another version or against the schema', async () => {
    const storage = open();
    for (const [snapshot, reason] of [
      [{ schemaVersion: 9, state: [] }, 'version'],
      [{ schemaVersion: 1, state: [1] }, 'schema'],
    ] as const) {
      await storage.write(NAME, snapshot);
      const { store, refusals } = await visit(storage);
      expect(refusals.map((refusal) => refusal.reason)).toEqual([reason]);
      expect([store.status('notes'), store.read(['notes'])]).toEqual(['ready', []]);
    }
  });
});

it('text in localStorage that is no JSON is refused', async () => {
  localStorage.setItem(NAME, '{"schemaVersion":1,"state":["te');
  const { store, refusals } = await visit();
  expect(refusals.map(({ reason }) => reason)).toEqual(['undecodable']);
  expect([store.status('notes'), store.read(['notes'])]).toEqual(['ready', []]);
});

it('what exceeds the quota of localStorage is told, and the older snapshot stays', async () => {
  const { store, persistence, refusals } = await visit();
  store.dispatch(notes.actions.add('small'));
  await persistence.flush();
  store.dispatch(notes.actions.add('x'.repeat(6 * 1024 * 1024)));
  await persistence.flush();
  expect(refusals).toMatchObject([{ key: 'notes', direction: 'write', reason: 'storage' }]);
  expect(JSON.parse(localStorage.getItem(NAME)!)).toMatchObject({ state: ['small'] });
});

it('IndexedDB holds what localStorage cannot', async () => {
  const storage = indexedDbAdapter({ database: 'large' });
  const first = await visit(storage);
  first.store.dispatch(notes.actions.add('x'.repeat(6 * 1024 * 1024)));
  await first.persistence.stop();
  expect(first.refusals).toEqual([]);
  const second = await visit(storage);
  expect(second.store.read(['notes', 0])).toHaveLength(6 * 1024 * 1024);
});

it('a page that is hidden writes what is left, before the bridges close', async () => {
  const { store, refusals } = await visit();
  store.dispatch(notes.actions.add('last words'));
  expect(localStorage.getItem(NAME)).toBeNull();
  globalThis.dispatchEvent(new Event('pagehide'));
  await Promise.resolve().then(() => undefined);
  expect(JSON.parse(localStorage.getItem(NAME)!)).toMatchObject({ state: ['last words'] });
  globalThis.dispatchEvent(new Event('pageshow'));
  expect(refusals).toEqual([]);
});
