import { createStore, del, get, set, type UseStore } from 'idb-keyval';

/**
 * Where snapshots lie, by name. What it throws is reported and harms nothing.
 *
 * @example
 * ```ts
 * import type { SnapshotStorage } from 'isthmus/storage';
 *
 * export const onServer: SnapshotStorage = {
 *   read: async (name) => (await fetch(`/snapshots/${name}`)).json(),
 *   write: async (name, snapshot) => {
 *     await fetch(`/snapshots/${name}`, { method: 'PUT', body: JSON.stringify(snapshot) });
 *   },
 *   remove: async (name) => {
 *     await fetch(`/snapshots/${name}`, { method: 'DELETE' });
 *   },
 * };
 * ```
 */
export interface SnapshotStorage {
  /** Undefined or null where there is none. */
  read(name: string): unknown;
  /** Takes plain data, which it must not change. */
  write(name: string, snapshot: unknown): unknown;
  remove(name: string): unknown;
}

/**
 * Snapshots as JSON in `localStorage`: a few megabytes per origin, read and written at once.
 *
 * @example
 * ```ts
 * import { localStorageAdapter } from 'isthmus/storage';
 *
 * export const storage = localStorageAdapter();
 * ```
 */
export function localStorageAdapter(): SnapshotStorage {
  return {
    read: (name) => {
      const text = localStorage.getItem(name);
      return text === null ? undefined : parsed(text);
    },
    write: (name, snapshot) => localStorage.setItem(name, JSON.stringify(snapshot)),
    remove: (name) => localStorage.removeItem(name),
  };
}

/** What is no JSON stays the text that it is, which is no snapshot. The parser's error would quote it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/**
 * Snapshots in IndexedDB, for states that are too large for `localStorage`. The database has one object
 * store and is opened on first use.
 *
 * @example
 * ```ts
 * import { indexedDbAdapter } from 'isthmus/storage';
 *
 * export const storage = indexedDbAdapter({ database: 'shop' });
 * ```
 */
export function indexedDbAdapter({ database = 'isthmus' } = {}): SnapshotStorage {
  let opened: UseStore | undefined;
  const snapshots = () => (opened ??= createStore(database, 'snapshots'));
  return {
    read: (name) => get(name, snapshots()),
    write: (name, snapshot) => set(name, snapshot, snapshots()),
    remove: (name) => del(name, snapshots()),
  };
}

/**
 * Snapshots in a Map, for tests and servers.
 *
 * @example
 * ```ts
 * import { memoryAdapter } from 'isthmus/storage';
 *
 * const snapshots = new Map<string, unknown>();
 * export const storage = memoryAdapter(snapshots);
 * ```
 */
export function memoryAdapter(snapshots = new Map<string, unknown>()): SnapshotStorage {
  return {
    read: (name) => snapshots.get(name),
    write: (name, snapshot) => snapshots.set(name, structuredClone(snapshot)),
    remove: (name) => snapshots.delete(name),
  };
}
