import type { Removal } from './removals.js';

/**
 * Where snapshots lie, by name. What it throws is reported and harms nothing.
 *
 * `read`, `write` and `remove` suffice: {@link persistSlice} then reads before it writes, under a Web Lock
 * where `read` gives a promise, and writes at once when the page goes. What a storage can do in one step
 * by itself, it offers by `comparesOver` and `watch`. One that gives a {@link Removal} for what was removed
 * tells so even a page that never knew a snapshot there.
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
  /** Undefined, null or a {@link Removal} where there is none. */
  read(name: string): unknown;
  /**
   * Takes plain data, which it must not change. With `over`, it writes only if `over.snapshot` is what is
   * stored at that moment, and gives false otherwise. That is the very object that `read` or `remove` gave
   * or `write` took before, which may still be on its way, or undefined for none.
   */
  write(name: string, snapshot: unknown, over?: { readonly snapshot: unknown }): unknown;
  /** Gives the {@link Removal} that `read` gives from then on, if this storage has such. */
  remove(name: string): unknown;
  /** Whether `write` heeds its `over`, in one step that no other page comes between. */
  readonly comparesOver?: boolean;
  /** Calls the listener when another page has written or removed a snapshot of this name. */
  watch?(name: string, listener: ChangeListener): () => void;
}

/** Hears of what was written or removed; of `removed`, with the removal if the storage has such. */
export type ChangeListener = (change: 'written' | 'removed', removal?: Removal) => void;

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
