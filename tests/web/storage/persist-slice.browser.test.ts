import { createIsolatedStore, defineSlice, loadEngine, type IsolatedStore } from 'isthmus';
import { payload, push } from 'isthmus/program';
import {
  indexedDbAdapter,
  localStorageAdapter,
  persistSlice,
  type Persistence,
  type SnapshotRefusal,
  type SnapshotStorage,
} from 'isthmus/storage';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

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

describe.each([
  ['localStorage', () => localStorageAdapter()],
  ['IndexedDB', (database: string) => indexedDbAdapter({ database })],
])('two pages with one name in %s', (kind, open) => {
  const pages = () => {
    const database = `pages-${++databases}`;
    return [open(database), open(database)] as const;
  };
  const write = async (
    storage: SnapshotStorage,
    state: string,
    over?: { readonly snapshot: unknown },
  ) => {
    const snapshot = { schemaVersion: 1, savedAt: 1, state };
    return { isWritten: await storage.write(NAME, snapshot, over), snapshot };
  };
  const stateIn = async (storage: SnapshotStorage) =>
    ((await storage.read(NAME)) as { state: string } | undefined)?.state;

  it('one does not write over what the other has written since', async () => {
    const [a, b] = pages();
    expect(await write(a, 'a1', { snapshot: undefined })).toMatchObject({ isWritten: true });
    expect(await write(b, 'b1', { snapshot: undefined })).toMatchObject({ isWritten: false });
    const read = await b.read(NAME);
    expect(await write(b, 'b2', { snapshot: read })).toMatchObject({ isWritten: true });
    expect(await write(b, 'b3', { snapshot: read })).toMatchObject({ isWritten: false });
    expect(await stateIn(a)).toBe('b2');
  });

  it('nor what it has cleared, while its own writes follow each other at once', async () => {
    const [a, b] = pages();
    const first = write(a, 'a1', { snapshot: undefined });
    const { snapshot } = await first;
    const next = { schemaVersion: 1, savedAt: 2, state: 'a2' };
    const last = { schemaVersion: 1, savedAt: 3, state: 'a3' };
    const writes = [
      a.write(NAME, next, { snapshot }),
      a.write(NAME, last, { snapshot: next }),
    ] as const;
    expect(await Promise.all(writes)).toEqual([true, true]);
    await b.read(NAME);
    await b.remove(NAME);
    expect(await write(a, 'a4', { snapshot: last })).toMatchObject({ isWritten: false });
    expect(await stateIn(a)).toBeUndefined();
    const removal = await a.read(NAME);
    expect(await write(a, 'a5', { snapshot: removal })).toMatchObject({ isWritten: true });
    expect(await stateIn(b)).toBe('a5');
  });

  it('one that knows of nothing there does not write once the other has cleared it', async () => {
    const [a, b] = pages();
    expect(await a.read(NAME)).toBeUndefined();
    const removal = await b.remove(NAME);
    expect(await write(a, 'a1', { snapshot: undefined })).toMatchObject({ isWritten: false });
    expect(await a.read(NAME)).toEqual(removal);
    await b.remove(NAME);
    expect(await write(a, 'a2', { snapshot: removal })).toMatchObject({ isWritten: false });
  });

  it('nor one that has written often since the other has read', async () => {
    const [a, b] = pages();
    await a.read(NAME);
    let { snapshot } = await write(b, 'b', { snapshot: undefined });
    for (let i = 0; i < 5; i++) ({ snapshot } = await write(b, `b${i}`, { snapshot }));
    const removal = await a.remove(NAME);
    expect(await write(b, 'late', { snapshot })).toMatchObject({ isWritten: false });
    expect([await a.read(NAME), await b.read(NAME)]).toEqual([removal, removal]);
  });

  it('one that has not heard of clear() does not save what it had not yet saved', async () => {
    const storages = pages().map(({ watch: _, ...deaf }) => deaf);
    const [a, b] = await Promise.all(storages.map(visit));
    a!.store.dispatch(notes.actions.add('old user'));
    await b!.persistence.clear();
    await a!.persistence.flush();
    await b!.persistence.stop();
    expect(await (await visit(storages[1])).persistence.hydrated).toBe('empty');
    a!.store.dispatch(notes.actions.add('later'));
    expect(await a!.persistence.flush()).toBe(true);
  });

  it('one hears what the other writes and removes, even if nothing was there', async () => {
    const [a, b] = pages();
    const heard: string[] = [];
    const stop = b.watch!(NAME, (change) => heard.push(change));
    const stopOther = a.watch!(NAME, () => undefined);
    if (kind === 'localStorage') {
      const frame = document.body.appendChild(document.createElement('iframe'));
      frame.contentWindow!.localStorage.setItem(NAME, '{}');
      frame.contentWindow!.localStorage.removeItem(NAME);
    } else {
      await write(a, 'a');
      await a.remove(NAME);
    }
    await vi.waitFor(() => expect(heard).toEqual(['written', 'removed']));
    stop();
    stopOther();
  });
});

it('what is written to localStorage in a page that does not see a removal yet is not read, and goes', async () => {
  const [a, b] = [localStorageAdapter(), localStorageAdapter()];
  await a.write(NAME, { schemaVersion: 1, savedAt: 1, state: ['old'] });
  const text = localStorage.getItem(NAME)!;
  const removal = await b.remove(NAME);
  const onChange = vi.fn();
  const stop = b.watch!(NAME, onChange);
  const frame = document.body.appendChild(document.createElement('iframe'));
  const late = () => frame.contentWindow!.localStorage.setItem(NAME, text);
  late();
  await vi.waitFor(() => expect(localStorage.getItem(NAME)).toBeNull());
  stop();
  late();
  expect(await b.read(NAME)).toEqual(removal);
  expect([localStorage.getItem(NAME), onChange.mock.calls]).toEqual([null, []]);
});

it('of a removal in localStorage a page hears which it was', async () => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const heard: unknown[] = [];
  const stop = localStorageAdapter().watch!(NAME, (...change) => heard.push(change));
  frame.contentWindow!.localStorage.setItem(`${NAME}#removed`, '7');
  await vi.waitFor(() => expect(heard).toEqual([['removed', { removed: 7 }]]));
  stop();
});

it('what an earlier release of this package left in IndexedDB is read, and carried on from', async () => {
  const database = `pages-${++databases}`;
  const request = indexedDB.open(database);
  request.onupgradeneeded = () => void request.result.createObjectStore('snapshots');
  await new Promise((resolve) => (request.onsuccess = resolve));
  const transaction = request.result.transaction('snapshots', 'readwrite');
  transaction.objectStore('snapshots').put({ schemaVersion: 1, savedAt: 1, state: ['tea'] }, NAME);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  request.result.close();
  const first = await visit(indexedDbAdapter({ database }));
  expect(first.store.read(['notes'])).toEqual(['tea']);
  first.store.dispatch(notes.actions.add('cup'));
  await first.persistence.stop();
  const second = await visit(indexedDbAdapter({ database }));
  expect(second.store.read(['notes'])).toEqual(['tea', 'cup']);
  await second.persistence.clear();
  expect(await (await visit(indexedDbAdapter({ database }))).persistence.hydrated).toBe('empty');
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

it('clear() of one snapshot leaves those alone whose names begin as its own', async () => {
  const others = [`${NAME}#2`, `${NAME}2`, `${NAME}#`];
  for (const name of others) localStorage.setItem(name, '"of another app"');
  const { store, persistence } = await visit();
  store.dispatch(notes.actions.add('tea'));
  await persistence.clear();
  await visit();
  for (const name of others) expect(localStorage.getItem(name)).toBe('"of another app"');
});
