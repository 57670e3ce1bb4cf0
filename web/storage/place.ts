import { isRemoval, type Removal } from './removals.js';
import { isSnapshot } from './snapshot.js';
import type { ChangeListener, SnapshotStorage } from './storage.js';
import { canTakeTurns, inTurn } from './turns.js';

/** What a page knows to be stored. */
export interface Known {
  /** As it was read or written; a {@link Removal} or undefined if there is none. */
  readonly snapshot: unknown;
  /** Whether it was written here, so that no other has its time. */
  readonly isOwn: boolean;
}

/** One name in a storage, at which nothing is written over what is not known. */
export class Place {
  readonly #storage: SnapshotStorage;
  readonly #name: string;
  /** Milliseconds for which it waits for other pages. */
  readonly #patience: number;
  #isAsync = false;
  #turns = 0;
  readonly #writing = new Set<Promise<unknown>>();

  /** What is read is looked at by what `ready` brings, if anything: nothing is read before. */
  constructor(
    storage: SnapshotStorage,
    name: string,
    patience: number,
    readonly ready: Promise<void> | undefined,
  ) {
    this.#storage = storage;
    this.#name = name;
    this.#patience = patience;
  }

  /** Whether a write that has to wait for another one may be lost when the page goes. */
  get writesInTurn(): boolean {
    return this.#isAsync && this.#storage.comparesOver === true;
  }

  /** Undefined if there is none. */
  async read(): Promise<unknown> {
    if (this.ready !== undefined) await this.ready;
    const answer = this.#storage.read(this.#name);
    this.#isAsync = typeof (answer as PromiseLike<unknown> | null)?.then === 'function';
    return (await answer) ?? undefined;
  }

  /**
   * Resolves with whether it could be written, over what is known. It begins at once; `isLast`, if the page
   * may not live to see an answer, is not to wait for one.
   */
  write(snapshot: object, over: Known, isLast: boolean): Promise<boolean> {
    const writing = this.#write(snapshot, over, isLast);
    const settled: Promise<unknown> = writing
      .catch(() => undefined)
      .finally(() => this.#writing.delete(settled));
    this.#writing.add(settled);
    return writing;
  }

  /** Once all is settled that was to be written. */
  async written(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #write(snapshot: object, over: Known, isLast: boolean): Promise<boolean> {
    const turn = ++this.#turns;
    const { comparesOver } = this.#storage;
    if (comparesOver === true) {
      return (await this.#storage.write(this.#name, snapshot, over)) !== false;
    }
    if (!this.#isAsync) return this.#writeOver(this.#storage.read(this.#name), snapshot, over);
    if (isLast) return this.#writeOver(over.snapshot, snapshot, over);
    return inTurn(this.#name, this.#patience, async () => {
      const stored = await this.#storage.read(this.#name);
      const isOvertaken = turn !== this.#turns;
      return isOvertaken || this.#writeOver(stored, snapshot, over);
    });
  }

  /**
   * At once, since the page may go, and again where a write was on its way, here or in another page, that
   * the storage may not keep in order. Resolves with what is stored then.
   */
  async remove(): Promise<Removal | undefined> {
    this.#turns += 1;
    const { comparesOver } = this.#storage;
    const isOwnWriting = this.#writing.size > 0;
    const written = this.written();
    const remove = async () => this.#storage.remove(this.#name);
    let left = await remove();
    const isOtherWriting = this.#isAsync && canTakeTurns();
    if (comparesOver !== true && (isOwnWriting || isOtherWriting)) {
      await written;
      left = await inTurn(this.#name, this.#patience, remove);
    }
    return isRemoval(left) ? left : undefined;
  }

  watch(listener: ChangeListener): () => void {
    return this.#storage.watch?.(this.#name, listener) ?? (() => undefined);
  }

  async #writeOver(stored: unknown, snapshot: object, over: Known): Promise<boolean> {
    if (!isKnown(stored, over)) return false;
    await this.#storage.write(this.#name, snapshot);
    return true;
  }
}

/** Whether what is stored is what is known. */
export function isKnown(stored: unknown, { snapshot, isOwn }: Known): boolean {
  if (stored === snapshot) return true;
  if (snapshot === undefined) return stored === null;
  if (isRemoval(stored)) return isRemoval(snapshot) && stored.removed === snapshot.removed;
  if (!isSnapshot(stored) || !isSnapshot(snapshot)) return false;
  if (stored.savedAt !== snapshot.savedAt) return false;
  if (stored.schemaVersion !== snapshot.schemaVersion) return false;
  return isOwn || JSON.stringify(stored) === JSON.stringify(snapshot);
}
