import { Database } from './database.js';
import { isRemoval, nextRemoval, type Removal } from './removals.js';
import type { ChangeListener, SnapshotStorage } from './storage.js';

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
    remove: async (name) => {
      const removal = nextRemoval(numbered.highestOf(name));
      const removed = numbered.remove(name, removal);
      pages.tell(name, 'removed', removal);
      await removed;
      return removal;
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
 * be written needs no answer first, for which a page that goes could not wait. A removal takes a number
 * that no page has reached: the time. What a page wrote that had not heard of it lies below, until the next
 * read or write.
 */
class Numbered {
  readonly #database: Database;
  #isPrepared = false;
  #numbers = new WeakMap<object, number>();
  /** The highest number of each name that is known here, whatever it holds. */
  readonly #highest = new Map<string, number>();

  constructor(database: string) {
    this.#database = new Database(database, () => (this.#numbers = new WeakMap()));
  }

  async read(name: string): Promise<unknown> {
    const snapshot = await this.#read(name);
    this.#prepare();
    return snapshot;
  }

  #read(name: string): Promise<unknown> {
    return this.#database.transact('readonly', (snapshots) => {
      const last = snapshots.openCursor(all(name), 'prev');
      const unnumbered = snapshots.get(name) as IDBRequest<unknown>;
      let found: [number, unknown] | undefined;
      last.onsuccess = () => {
        const cursor = last.result;
        if (cursor) found = [(cursor.key as [string, number])[1], cursor.value];
      };
      const count = snapshots.count(all(name));
      return () => {
        const [number, snapshot] = found ?? [0, unnumbered.result];
        this.#note(name, number, snapshot);
        if (count.result > 1) this.#dropBelow(name, number);
        const isRemoved = snapshot === null && number > 0;
        return isRemoved ? { removed: number } : (snapshot ?? undefined);
      };
    });
  }

  async write(name: string, snapshot: unknown, over?: { snapshot: unknown }): Promise<boolean> {
    const before = over === undefined ? this.highestOf(name) : this.#numberOf(over.snapshot);
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

  async remove(name: string, { removed }: Removal): Promise<void> {
    this.#note(name, removed, null);
    await this.#database.transact('readwrite', (snapshots) => {
      snapshots.delete(all(name));
      snapshots.delete(name);
      snapshots.add(null, [name, removed]);
      return () => undefined;
    });
  }

  highestOf(name: string): number {
    return this.#highest.get(name) ?? 0;
  }

  #numberOf(snapshot: unknown): number | undefined {
    if (snapshot === undefined) return 0;
    return isRemoval(snapshot) ? snapshot.removed : this.#numbers.get(snapshot as object);
  }

  /**
   * Before Chromium commits a first write, it asks how much room there is, and on a busy machine it gives
   * the write up if the page goes meanwhile. It asks here, so that the page's last words need no answer.
   */
  #prepare(): void {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    const write = (snapshots: IDBObjectStore) => {
      snapshots.put(0, 0); // no name is a number
      return () => undefined;
    };
    this.#database.transact('readwrite', write).catch(() => undefined);
  }

  /** What fails here is found again by the next read. */
  #dropBelow(name: string, number: number): void {
    const drop = (snapshots: IDBObjectStore) => {
      snapshots.delete(upTo(name, number));
      return () => undefined;
    };
    this.#database.transact('readwrite', drop).catch(() => undefined);
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

/** The other pages that use a database, of which none hears by itself what another does there. */
class Pages {
  readonly #channelName: string;
  readonly #listeners = new Map<ChangeListener, string>();
  #channel: BroadcastChannel | undefined;

  constructor(channel: string) {
    this.#channelName = channel;
  }

  /** Of a page that goes, too, which does not listen any more. */
  tell(name: string, change: 'written' | 'removed', removal?: Removal): void {
    const message = [name, change, removal?.removed];
    if (this.#channel !== undefined) return this.#channel.postMessage(message);
    if (typeof BroadcastChannel !== 'function') return;
    const channel = new BroadcastChannel(this.#channelName);
    channel.postMessage(message);
    channel.close();
  }

  watch(name: string, listener: ChangeListener): () => void {
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
      const [name, change, removed] = data as unknown[];
      if (change !== 'written' && change !== 'removed') return;
      const removal = Number.isSafeInteger(removed) ? { removed: removed as number } : undefined;
      for (const [listener, heard] of [...this.#listeners]) {
        if (heard === name) listener(change, removal);
      }
    };
    return channel;
  }
}
