import { isRemoval, nextRemoval, type Removal } from './removals.js';
import type { SnapshotStorage } from './storage.js';

/**
 * Snapshots as JSON in `localStorage`: a few megabytes per origin, read and written at once.
 *
 * Another page may see what is written here only a moment later, and write meanwhile. So each removal
 * begins a key of its own, and who has not yet heard of it writes where nobody reads any more:
 *
 *     name                  the snapshot, as long as none was ever removed
 *     name#removed          the number of the last removal, say 1760000000000
 *     name#1760000000000    the snapshot since then
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
  const isStored = (name: string, snapshot: unknown) => {
    const removed = lastRemoved(name);
    const text = localStorage.getItem(keyOf(name, removed));
    if (snapshot === undefined) return text === null && removed === 0;
    if (isRemoval(snapshot)) return text === null && removed === snapshot.removed;
    return text === (texts.get(snapshot as object) ?? JSON.stringify(snapshot));
  };
  return {
    comparesOver: true,
    read: (name) => {
      const removed = lastRemoved(name);
      dropOlder(name, removed);
      const text = localStorage.getItem(keyOf(name, removed));
      return text === null ? removalOf(removed) : remember(parsed(text), text);
    },
    write: (name, snapshot, over) => {
      if (over !== undefined && !isStored(name, over.snapshot)) return false;
      const text = JSON.stringify(snapshot);
      localStorage.setItem(keyOf(name, lastRemoved(name)), text);
      remember(snapshot, text);
      return true;
    },
    remove: (name) => {
      const last = lastRemoved(name);
      const removal = nextRemoval(last);
      localStorage.removeItem(keyOf(name, last)); // first, since there may be no room left
      localStorage.setItem(counterOf(name), String(removal.removed));
      dropOlder(name, removal.removed);
      return removal;
    },
    watch: (name, listener) => {
      const onStorage = ({ key, newValue, storageArea }: StorageEvent) => {
        if (storageArea !== localStorage) return;
        const removed = lastRemoved(name);
        if (key === null) listener('removed');
        else if (key === counterOf(name)) listener('removed', removalOf(Number(newValue)));
        else if (key === keyOf(name, removed)) {
          if (newValue === null) listener('removed', removalOf(removed));
          else listener('written');
        } else if (key.startsWith(name)) dropOlder(name, removed);
      };
      globalThis.addEventListener('storage', onStorage);
      return () => globalThis.removeEventListener('storage', onStorage);
    },
  };
}

const counterOf = (name: string) => `${name}#removed`;
const keyOf = (name: string, removed: number) => (removed === 0 ? name : `${name}#${removed}`);
const removalOf = (removed: number): Removal | undefined =>
  removed === 0 ? undefined : { removed };

/** 0 if there was none. */
function lastRemoved(name: string): number {
  return Number(localStorage.getItem(counterOf(name))) || 0;
}

/** A time: what an app calls `cart#2` is another snapshot than `cart`. */
const REMOVED_AT = /^#(\d{13,})$/;

/** What pages have written that had not heard of a removal. */
function dropOlder(name: string, removed: number): void {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(name)) continue;
    const number = key === name ? 0 : Number(REMOVED_AT.exec(key.slice(name.length))?.[1]);
    if (number < removed) localStorage.removeItem(key);
  }
}

/** What is no JSON stays the text that it is, which is no snapshot. The parser's error would quote it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
