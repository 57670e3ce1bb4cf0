/**
 * What is stored where a snapshot was removed. A page that knows an earlier one, or none, has not heard of
 * it, and what it has yet to write is not to be written any more.
 */
export interface Removal {
  /** Higher than that of any removal before. */
  readonly removed: number;
}

export function isRemoval(stored: unknown): stored is Removal {
  const { removed } = (stored ?? {}) as Partial<Removal>;
  return typeof removed === 'number';
}

/** Whether there is no snapshot. */
export function isNone(stored: unknown): stored is Removal | undefined {
  return stored === undefined || isRemoval(stored);
}

/** The time, unless that is not the highest: a number that no page can have had before, whatever it knows. */
export function nextRemoval(last: number): Removal {
  return { removed: Math.max(last + 1, Date.now()) };
}

/** What a page knows of the removals of one snapshot: the one that it is to make, and the last of all. */
export class Removals {
  #last: Removal | undefined;
  #isDue = false;

  /** Whether one is yet to be made here. */
  get isDue(): boolean {
    return this.#isDue;
  }

  demand(): void {
    this.#isDue = true;
  }

  made(): void {
    this.#isDue = false;
  }

  /** Made here or elsewhere, if the storage tells of it. */
  learn(removal: Removal | undefined): void {
    this.#last = removal ?? this.#last;
  }

  /** Whether one that is heard of was learnt of before, and is heard of late. */
  isOld(removal: Removal | undefined): boolean {
    return removal !== undefined && removal.removed <= (this.#last?.removed ?? 0);
  }
}
