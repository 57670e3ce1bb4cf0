import { Database } from './database.js';
import type { SnapshotStorage } from './storage.js';

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
  const numbered = new Numbered(database);
  const pages = new Pages(`isthmus/storage/${database}`);
  return {
    comparesOver: true,
    read: (name) => numbered.read(name),
    write: (name, snapshot, over) => {
      const written = numbered.write(name, snapshot, over);
      pages.tell(name, 'written');
      return written;
    },
    remove: (name) => {
      const removed = numbered.remove(name);
      pages.tell(name, 'removed');
      return removed;
    },
    watch: (name, listener) => pages.watch(name, listener),
  };
}

/**
 * Every snapshot has a number of its own, and the highest counts:
 *
 *     [name, 7]  snapshot, or null once it was removed
 *     name       the snapshot of an earlier release of this package
 *
 * To write over number 7 is to add number 8, which fails if another page has done so. So whether it may
 * be written needs no answer first, for which a page that goes could not wait.
 */
class Numbered {
  readonly #database: Database;
  #numbers = new WeakMap<object, number>();
  /** The highest number of each name that is known here, whatever it holds. */
  readonly #highest = new Map<string, number>();

  constructor(database: string) {
    this.#database = new Database(database, () => (this.#numbers = new WeakMap()));
  }

  async read(name: string): Promise<unknown> {
    return this.#database.transact('readonly', (snapshots) => {
      const last = snapshots.openCursor(all(name), 'prev');
      const unnumbered = snapshots.get(name) as IDBRequest<unknown>;
      let found: [number, unknown] | undefined;
      last.onsuccess = () => {
        const cursor = last.result;
        if (cursor) found = [(cursor.key as [string, number])[1], cursor.value];
      };
      return () => {
        const [number, snapshot] = found ?? [0, unnumbered.result];
        this.#note(name, number, snapshot);
        return snapshot ?? undefined;
      };
    });
  }

  async write(name: string, snapshot: unknown, over?: { snapshot: unknown }): Promise<boolean> {
    const before = over === undefined ? this.#highestOf(name) : this.#numberOf(name, over.snapshot);
    if (before === undefined) return false;
    const number = before + 1;
    const write = (snapshots: IDBObjectStore) => {
      const older = over === undefined ? all(name) : upTo(name, number);
      snapshots.delete(older);
      snapshots.delete(name);
      snapshots.add(snapshot, [name, number]);
      const higher = snapshots.count(above(name, number));
      return () => higher.result === 0;
    };
    this.#note(name, number, snapshot);
    try {
      return await this.#database.transact('readwrite', write);
    } catch (error) {
      if ((error as DOMException).name === 'ConstraintError') return false;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    const number = this.#highestOf(name) + 1;
    this.#note(name, number, null);
    await this.#database.transact('readwrite', (snapshots) => {
      snapshots.delete(all(name));
      snapshots.delete(name);
      snapshots.add(null, [name, number]);
      return () => undefined;
    });
  }

  #highestOf(name: string): number {
    return this.#highest.get(name) ?? 0;
  }

  #numberOf(name: string, snapshot: unknown): number | undefined {
    return snapshot === undefined ? this.#highestOf(name) : this.#numbers.get(snapshot as object);
  }

  #note(name: string, number: number, snapshot: unknown): void {
    this.#highest.set(name, number);
    if (typeof snapshot === 'object' && snapshot !== null) this.#numbers.set(snapshot, number);
  }
}

const all = (name: string) => IDBKeyRange.bound([name], [name, []]);
const upTo = (name: string, number: number) =>
  IDBKeyRange.bound([name], [name, number], false, true);
const above = (name: string, number: number) => IDBKeyRange.bound([name, number], [name, []], true);

type Change = 'written' | 'removed';

/** The other pages that use a database, of which none hears by itself what another does there. */
class Pages {
  readonly #channelName: string;
  readonly #listeners = new Map<(change: Change) => void, string>();
  #channel: BroadcastChannel | undefined;

  constructor(channel: string) {
    this.#channelName = channel;
  }

  tell(name: string, change: Change): void {
    this.#channel?.postMessage([name, change]);
  }

  watch(name: string, listener: (change: Change) => void): () => void {
    this.#listeners.set(listener, name);
    this.#channel ??= this.#listen();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#channel?.close();
      this.#channel = undefined;
    };
  }

  #listen(): BroadcastChannel | undefined {
    if (typeof BroadcastChannel !== 'function') return undefined;
    const channel = new BroadcastChannel(this.#channelName);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!Array.isArray(data)) return;
      const [name, change] = data as unknown[];
      if (change !== 'written' && change !== 'removed') return;
      for (const [listener, heard] of [...this.#listeners]) if (heard === name) listener(change);
    };
    return channel;
  }
}
