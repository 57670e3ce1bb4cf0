import type { AnyState } from 'isthmus';

/** A selector of a state whose type only its user knows. */
export type AnySelector = (state: never) => unknown;

/** What runs of selectors depend on: the slices that they have read and what they were, or everything. */
export interface Reads {
  /** In the order in which they were read first; undefined if the root was used as a whole. */
  readonly slices: readonly string[] | undefined;
  /** Counts what is put in place of older values here. */
  readonly version: number;
  isCurrent(state: AnyState): boolean;
}

/**
 * Runs a selector on a root that nobody else has: even a memoised selector, which skips its reads when
 * it is given the root that it knows, has to read again.
 */
export function runAlone(selector: AnySelector, state: AnyState): [unknown, Reads] {
  const recorder = new Recorder();
  const root = new Proxy(state, recorder);
  const value = selector(root as never);
  if (value === root) return [state, readsOfAll(state)];
  const { slices, values, isWhole } = recorder;
  // One that has read nothing, and gives more than a constant, may have the root in what it gives.
  const isWhollyRead = isWhole || (slices.length === 0 && isReference(value));
  return [value, isWhollyRead ? readsOfAll(state) : readsOf(slices, values)];
}

function readsOfAll(known: AnyState): Reads {
  return { slices: undefined, version: 0, isCurrent: (state) => state === known };
}

function readsOf(slices: readonly string[], values: readonly unknown[]): Reads {
  return { slices, version: 0, isCurrent: (state) => areIn(state, slices, values) };
}

function areIn(state: AnyState, slices: readonly string[], values: readonly unknown[]): boolean {
  for (let i = 0; i < slices.length; i++) {
    if (!Object.is(state[slices[i]!], values[i])) return false;
  }
  return true;
}

function isReference(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

class Recorder implements ProxyHandler<AnyState> {
  readonly slices: string[] = [];
  readonly values: unknown[] = [];
  isWhole = false;

  get(state: AnyState, key: string | symbol): unknown {
    const value = state[key as string];
    if (typeof key === 'string' && !this.slices.includes(key)) {
      this.slices.push(key);
      this.values.push(value);
    }
    return value;
  }

  has(state: AnyState, key: string | symbol): boolean {
    this.isWhole = true;
    return Reflect.has(state, key);
  }

  ownKeys(state: AnyState): (string | symbol)[] {
    this.isWhole = true;
    return Reflect.ownKeys(state);
  }

  getOwnPropertyDescriptor(state: AnyState, key: string | symbol) {
    this.isWhole = true;
    return Reflect.getOwnPropertyDescriptor(state, key);
  }
}

/** What {@link SharedReads.run} gives for a selector that has not read what was expected. */
export const OTHER_READS = /* @__PURE__ */ Symbol('other reads');

/**
 * One root after another for all selectors that have read the same slices, since a Proxy for each would
 * take longer than most selectors, and one record of what they have read. A memoised selector may skip
 * reads that were done on this very root before: those are of the expected slices, because a root on
 * which anything else was read is given up. So a run that has read exactly the expected slices depends
 * on these and on nothing more.
 */
export class SharedReads implements Reads {
  readonly slices: readonly string[];
  version = 0;
  #values: readonly unknown[] = [];
  readonly #reader: ExpectedReader;
  #state: AnyState | undefined;
  #root: AnyState | undefined;

  constructor(slices: readonly string[]) {
    this.slices = slices;
    this.#reader = new ExpectedReader(slices);
  }

  isCurrent(state: AnyState): boolean {
    return this.version > 0 && areIn(state, this.slices, this.#values);
  }

  begin(state: AnyState): void {
    this.version += 1;
    this.#values = this.slices.map((key) => state[key]);
    this.#state = state;
    this.#root = new Proxy(state, this.#reader);
  }

  /** Holds on to the read slices only. */
  end(): void {
    this.#state = this.#root = undefined;
  }

  /** What the selector gives, or OTHER_READS, also if it throws: run alone it will do so again. */
  run(selector: AnySelector): unknown {
    const reader = this.#reader;
    reader.count = 0;
    reader.hasOthers = false;
    try {
      const value = selector(this.#root as never);
      if (reader.count === this.slices.length && !reader.hasOthers) return value;
    } catch {
      // The root is given up, whatever was read on it.
    }
    this.#root = new Proxy(this.#state!, reader);
    return OTHER_READS;
  }
}

/** Sees whether the expected slices are read in their order. Private fields would take twice the time. */
class ExpectedReader implements ProxyHandler<AnyState> {
  /** How many of them were read. */
  count = 0;
  hasOthers = false;

  constructor(readonly slices: readonly string[]) {}

  get(state: AnyState, key: string | symbol): unknown {
    if (key === this.slices[this.count]) this.count += 1;
    else if (!this.wasRead(key)) this.hasOthers = true;
    return state[key as string];
  }

  has(state: AnyState, key: string | symbol): boolean {
    this.hasOthers = true;
    return Reflect.has(state, key);
  }

  ownKeys(state: AnyState): (string | symbol)[] {
    this.hasOthers = true;
    return Reflect.ownKeys(state);
  }

  getOwnPropertyDescriptor(state: AnyState, key: string | symbol) {
    this.hasOthers = true;
    return Reflect.getOwnPropertyDescriptor(state, key);
  }

  wasRead(key: string | symbol): boolean {
    for (let i = 0; i < this.count; i++) if (this.slices[i] === key) return true;
    return false;
  }
}
