import type { AnyState } from 'isthmus';

/** A selector of a state whose type only its user knows. */
export type AnySelector = (state: never) => unknown;

/** What a run of a selector depends on: the slices that it has read and what they were, or everything. */
export interface Reads {
  /** In the order in which they were read first; undefined if the root was used as a whole. */
  readonly slices: readonly string[] | undefined;
  isCurrent(state: AnyState): boolean;
}

class SliceReads implements Reads {
  constructor(
    readonly slices: readonly string[],
    readonly values: readonly unknown[],
  ) {}

  isCurrent(state: AnyState): boolean {
    const { slices, values } = this;
    for (let i = 0; i < slices.length; i++) {
      if (state[slices[i]!] !== values[i]) return false;
    }
    return true;
  }
}

class WholeRead implements Reads {
  readonly slices = undefined;
  readonly #state: AnyState;

  constructor(state: AnyState) {
    this.#state = state;
  }

  isCurrent(state: AnyState): boolean {
    return state === this.#state;
  }
}

/**
 * Runs a selector on a root that nobody else has: even a memoised selector, which skips its reads when
 * it is given the root that it knows, has to read again.
 */
export function runRecorded(selector: AnySelector, state: AnyState): [unknown, Reads] {
  const recorder = new Recorder();
  const root = new Proxy(state, recorder);
  const value = selector(root as never);
  if (value === root) return [state, new WholeRead(state)];
  const { slices, values, isWhole } = recorder;
  // One that has read nothing, and gives more than a constant, may have the root in what it gives.
  const isWhollyRead = isWhole || (slices.length === 0 && isReference(value));
  return [value, isWhollyRead ? new WholeRead(state) : new SliceReads(slices, values)];
}

function isReference(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

class Recorder implements ProxyHandler<AnyState> {
  readonly slices: string[] = [];
  readonly values: unknown[] = [];
  isWhole = false;

  get(state: AnyState, key: string | symbol): unknown {
    const value = Reflect.get(state, key);
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

/** What {@link SharedRoot.run} gives for a selector that has not read what was expected. */
export const OTHER_READS = Symbol('other reads');

/**
 * One root for all selectors that have read the same slices last time, since a Proxy for each would take
 * longer than most selectors. A memoised selector may skip reads that were done on this very root before:
 * those are of the expected slices, because a root on which anything else was read is given up. So a run
 * that has read exactly the expected slices depends on these and on nothing more.
 */
export class SharedRoot {
  readonly reads: Reads;
  readonly #state: AnyState;
  readonly #reader: ExpectedReads;
  #root: AnyState;

  constructor(state: AnyState, slices: readonly string[]) {
    this.reads = new SliceReads(
      slices,
      slices.map((key) => state[key]),
    );
    this.#state = state;
    this.#reader = new ExpectedReads(slices);
    this.#root = new Proxy(state, this.#reader);
  }

  /** Errors are the selector's. */
  run(selector: AnySelector): unknown {
    const reader = this.#reader;
    reader.count = 0;
    reader.hasOthers = false;
    let isExpected = false;
    try {
      const value = selector(this.#root as never);
      isExpected = !reader.hasOthers && reader.count === reader.slices.length;
      return isExpected ? value : OTHER_READS;
    } finally {
      if (!isExpected) this.#root = new Proxy(this.#state, reader);
    }
  }
}

/** Checks that slices are read first in the expected order. (Private fields would take twice the time.) */
class ExpectedReads implements ProxyHandler<AnyState> {
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
