import { portOf } from '../bridge/heard.js';
import type { PersistedStore } from './persisted-store.js';
import { timeOf } from './snapshot.js';

/** What is yet to be written. */
export interface Unwritten {
  /** When something was last changed here, in milliseconds since 1970; undefined if only elsewhere. */
  readonly at: number | undefined;
}

/**
 * The changes of a slice: those made here, and those that came over the bridge, which the page that made them
 * may have written already.
 */
export class Changes {
  readonly #store: PersistedStore;
  readonly #key: string;
  #isExpected = false;
  #stop: (() => void) | undefined;

  constructor(store: PersistedStore, key: string) {
    this.#store = store;
    this.#key = key;
  }

  /** From now on, until the slice goes. */
  watch(onChange: (change: Unwritten) => void, onGone: () => void): void {
    this.#stop = this.#store.watch([this.#key], () => {
      // A teardown may have reset the state: that is no state to keep.
      if (this.#store.read([this.#key]) === undefined) onGone();
      else if (this.#isExpected) this.#isExpected = false;
      else {
        onChange({ at: portOf(this.#store)?.isReceiving === true ? undefined : now() });
      }
    });
  }

  stop(): void {
    this.#stop?.();
  }

  /** The change that `make` makes is none; those that listeners make of it are. */
  except(make: () => void): void {
    this.#isExpected = true;
    try {
      make();
    } finally {
      this.#isExpected = false;
    }
  }
}

/** With a random fraction, so that no two pages have the same. */
export function now(): number {
  return Date.now() + Math.random();
}

/** Of both. */
export function later(before: Unwritten | undefined, { at }: Unwritten): Unwritten {
  return { at: before?.at === undefined || at! > before.at ? at : before.at };
}

/** Whether the change is later than the snapshot; of the same millisecond, the last to be written is. */
export function isLater(unwritten: Unwritten | undefined, stored: unknown): boolean {
  if (unwritten?.at === undefined) return false;
  const savedAt = timeOf(stored);
  const isClockSetBack = savedAt > Date.now() + 1;
  return unwritten.at + 1 > savedAt || isClockSetBack;
}
