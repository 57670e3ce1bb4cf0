import { IsthmusError } from '../engine/errors.js';
import { keyOf, type AnySlice } from './slices.js';
import type { InjectOptions, Lease } from './types.js';

/** What the leases of one store do to it. */
export interface LeaseActions {
  inject(slice: AnySlice): void;
  replace(slice: AnySlice): void;
  /** Dispatches the teardown action, then removes the branch. */
  tearDown(key: string): void;
}

interface Entry {
  readonly owner: string;
  slice: AnySlice;
  count: number;
  keepFor: number | 'page';
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Who holds which slice. A slice lives as long as one lease on it and is torn down a task later, so that
 * a component that unmounts and mounts again at once finds its state.
 */
export class Leases {
  readonly #actions: LeaseActions;
  readonly #entries = new Map<string, Entry>();

  constructor(actions: LeaseActions) {
    this.#actions = actions;
  }

  /** How many leases there are in all. */
  get count(): number {
    return [...this.#entries.values()].reduce((sum, entry) => sum + entry.count, 0);
  }

  get entries(): ReadonlyMap<string, { readonly owner: string; readonly count: number }> {
    return this.#entries;
  }

  acquire(owner: string, slice: AnySlice, { keepFor = 0 }: InjectOptions = {}): Lease {
    const key = keyOf(slice);
    const entry = this.#entries.get(key) ?? this.#begin(owner, slice);
    if (entry.owner !== owner) throw taken(key, entry.owner, owner);
    if (entry.slice.reducer !== slice.reducer) this.#replace(entry, slice);
    clearTimeout(entry.timer);
    entry.count += 1;
    entry.keepFor = keepFor;
    return this.#lease(key, entry);
  }

  /** Tears everything down at once, for a store that ends. */
  dispose(): void {
    for (const key of [...this.#entries.keys()]) this.#end(key);
  }

  #begin(owner: string, slice: AnySlice): Entry {
    const entry: Entry = { owner, slice, count: 0, keepFor: 0 };
    this.#actions.inject(slice);
    this.#entries.set(keyOf(slice), entry);
    return entry;
  }

  #replace(entry: Entry, slice: AnySlice): void {
    this.#actions.replace(slice);
    entry.slice = slice;
  }

  #lease(key: string, entry: Entry): Lease {
    let held = true;
    return {
      key,
      dispose: ({ now = false } = {}) => {
        if (held) entry.count -= 1;
        held = false;
        if (this.#entries.get(key) === entry && entry.count === 0) this.#release(key, entry, now);
      },
    };
  }

  #release(key: string, entry: Entry, now: boolean): void {
    clearTimeout(entry.timer);
    if (now) this.#end(key);
    else if (entry.keepFor !== 'page')
      entry.timer = setTimeout(() => this.#end(key), entry.keepFor);
  }

  #end(key: string): void {
    clearTimeout(this.#entries.get(key)?.timer);
    try {
      this.#actions.tearDown(key);
    } finally {
      this.#entries.delete(key);
    }
  }
}

function taken(key: string, owner: string, other: string): IsthmusError {
  const message = `the slice '${key}' belongs to '${owner}'; '${other}' cannot inject another one under that key: rename one of them`;
  return new IsthmusError('owner-conflict', message);
}
