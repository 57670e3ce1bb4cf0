/**
 * Where snapshots lie, by name. What it throws is reported and harms nothing.
 *
 * `read`, `write` and `remove` suffice: {@link persistSlice} then reads before it writes, under a Web Lock
 * where `read` gives a promise, and writes at once when the page goes. What a storage can do in one step
 * by itself, it offers by `comparesOver` and `watch`.
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
  /**
   * Takes plain data, which it must not change. With `over`, it writes only if `over.snapshot` is what is
   * stored at that moment, and gives false otherwise. That is the very object that `read` gave or `write`
   * took before, which may still be on its way, or undefined for none.
   */
  write(name: string, snapshot: unknown, over?: { readonly snapshot: unknown }): unknown;
  remove(name: string): unknown;
  /** Whether `write` heeds its `over`, in one step that no other page comes between. */
  readonly comparesOver?: boolean;
  /** Calls the listener when another page has written or removed a snapshot of this name. */
  watch?(name: string, listener: (change: 'written' | 'removed') => void): () => void;
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
  const texts = new WeakMap<object, string>();
  const remember = (snapshot: unknown, text: string) => {
    if (typeof snapshot === 'object' && snapshot !== null) texts.set(snapshot, text);
    return snapshot;
  };
  const textOf = (snapshot: unknown) =>
    snapshot === undefined ? null : (texts.get(snapshot as object) ?? JSON.stringify(snapshot));
  return {
    comparesOver: true,
    read: (name) => {
      const text = localStorage.getItem(name);
      return text === null ? undefined : remember(parsed(text), text);
    },
    write: (name, snapshot, over) => {
      if (over !== undefined && localStorage.getItem(name) !== textOf(over.snapshot)) return false;
      const text = JSON.stringify(snapshot);
      localStorage.setItem(name, text);
      remember(snapshot, text);
      return true;
    },
    remove: (name) => {
      // Other pages hear only of what was there, and may be about to write.
      if (localStorage.getItem(name) === null) localStorage.setItem(name, 'null');
      localStorage.removeItem(name);
    },
    watch: (name, listener) => {
      const onStorage = ({ key, newValue, storageArea }: StorageEvent) => {
        if (storageArea !== localStorage || (key !== null && key !== name)) return;
        listener(newValue === null ? 'removed' : 'written');
      };
      globalThis.addEventListener('storage', onStorage);
      return () => globalThis.removeEventListener('storage', onStorage);
    },
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
