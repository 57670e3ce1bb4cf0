import { callSafely } from './listeners.js';

interface Entry {
  listener: (() => void) | undefined;
  readonly since: number;
}

/**
 * The listeners on one path, in the order in which they came. One that is removed leaves its place empty
 * until enough are, so that a call that is under way can go on by position.
 */
export class WatchListeners {
  #entries: Entry[] = [];
  #size = 0;
  #calls = 0;

  get size(): number {
    return this.#size;
  }

  /** `since` is the number of the last call; returned is how to remove it, which tells whether it was there. */
  add(listener: () => void, since: number): () => boolean {
    const entry: Entry = { listener, since };
    this.#entries.push(entry);
    this.#size += 1;
    return () => this.#remove(entry);
  }

  /** Calls those that were there before this call began and are there still. */
  call(call: number, errors: unknown[]): void {
    const entries = this.#entries;
    const { length } = entries;
    this.#calls += 1;
    for (let i = 0; i < length; i++) {
      const { listener, since } = entries[i]!;
      if (listener !== undefined && since < call) callSafely(errors, listener);
    }
    this.#calls -= 1;
  }

  #remove(entry: Entry): boolean {
    if (entry.listener === undefined) return false;
    entry.listener = undefined;
    this.#size -= 1;
    const isSparse = this.#size * 2 < this.#entries.length;
    if (isSparse && this.#calls === 0) {
      this.#entries = this.#entries.filter(({ listener }) => listener !== undefined);
    }
    return true;
  }
}
