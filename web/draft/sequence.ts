/** A place in an array: from 0 on an index of the base, below it one of the sequence's own values. */
export type Slot = number;

/** The slot of an index without a value. */
export const HOLE_SLOT: Slot = -1;

/** So many runs are found quickly. */
const FEW = 256;

/** What fits on the stack as arguments. */
const ARGUMENTS = 10_000;

/** Slots `from` to before `to` where there is no list. */
interface Run {
  list: Slot[] | undefined;
  from: number;
  to: number;
}

/**
 * What an array of `length` elements has become, as runs of its own indices and lists of slots:
 *
 *     splice(3, 1, x) on 100,000:   [0 .. 3)  [~1]  [4 .. 100,000)      values: hole, x
 *
 * No element is read for it. It remembers the run it was asked about last, so that going through costs no
 * search.
 */
export class Sequence {
  #length: number;
  readonly #values: unknown[] = [undefined];
  #runs: Run[];
  #at = 0;
  #start = 0;

  constructor(length: number) {
    this.#length = length;
    this.#runs = [{ list: undefined, from: 0, to: length }];
  }

  get length(): number {
    return this.#length;
  }

  get runs(): readonly Readonly<Run>[] {
    return this.#runs;
  }

  /** A slot for a value that is no element of the base. */
  hold(value: unknown): Slot {
    return ~(this.#values.push(value) - 1);
  }

  valueOf(slot: Slot): unknown {
    return this.#values[~slot];
  }

  replace(slot: Slot, value: unknown): void {
    this.#values[~slot] = value;
  }

  slotAt(index: number): Slot {
    this.#seek(index);
    const { list, from } = this.#runs[this.#at]!;
    const offset = index - this.#start;
    return list === undefined ? from + offset : list[offset]!;
  }

  set(index: number, slot: Slot): void {
    this.#seek(index);
    const { list } = this.#runs[this.#at]!;
    if (list === undefined) this.splice(index, 1, [slot]);
    else list[index - this.#start] = slot;
  }

  splice(index: number, removed: number, slots: readonly Slot[]): void {
    for (let left = removed; left > 0;) left -= this.#remove(index, left);
    if (slots.length > 0) this.#insert(index, slots);
    this.#length += slots.length - removed;
    if (this.#isInPieces()) this.#flatten();
  }

  /** Whether finding runs takes longer by now than one list of everything. */
  #isInPieces(): boolean {
    const { length } = this.#runs;
    return length > FEW && length * length > 16 * this.#length;
  }

  /** Goes to the run that contains the index, or behind the last one. */
  #seek(index: number): void {
    while (index < this.#start) this.#start -= sizeOf(this.#runs[--this.#at]!);
    for (; this.#at < this.#runs.length; this.#at++) {
      const size = sizeOf(this.#runs[this.#at]!);
      if (index < this.#start + size) return;
      this.#start += size;
    }
  }

  /** Removes up to `count` slots of one run, and says how many. */
  #remove(index: number, count: number): number {
    this.#seek(index);
    const run = this.#runs[this.#at]!;
    const offset = index - this.#start;
    const size = sizeOf(run);
    const taken = Math.min(count, size - offset);
    if (taken === size) this.#runs.splice(this.#at, 1);
    else if (run.list !== undefined) run.list.splice(offset, taken);
    else if (offset === 0) run.from += taken;
    else {
      if (offset + taken < size) this.#split(run, offset + taken);
      run.to = run.from + offset;
    }
    return taken;
  }

  #insert(index: number, slots: readonly Slot[]): void {
    this.#seek(index);
    const offset = index - this.#start;
    const run = this.#runs[this.#at];
    const before = offset === 0 ? this.#runs[this.#at - 1]?.list : undefined;
    if (before !== undefined) {
      this.#start -= before.length;
      this.#at--;
      insertInto(before, before.length, slots);
    } else if (run?.list !== undefined) {
      insertInto(run.list, offset, slots);
    } else {
      if (run !== undefined && offset > 0) {
        this.#split(run, offset);
        this.#start = index;
        this.#at++;
      }
      this.#runs.splice(this.#at, 0, { list: [...slots], from: 0, to: 0 });
    }
  }

  /** Makes two runs of one that has no list. */
  #split(run: Run, offset: number): void {
    const { from, to } = run;
    this.#runs.splice(this.#at + 1, 0, { list: undefined, from: from + offset, to });
    run.to = from + offset;
  }

  #flatten(): void {
    const list: Slot[] = [];
    for (const run of this.#runs) {
      if (run.list !== undefined) insertInto(list, list.length, run.list);
      else for (let slot = run.from; slot < run.to; slot++) list.push(slot);
    }
    this.#runs = [{ list, from: 0, to: 0 }];
    this.#at = 0;
    this.#start = 0;
  }
}

function sizeOf({ list, from, to }: Run): number {
  return list === undefined ? to - from : list.length;
}

function insertInto(list: Slot[], at: number, slots: readonly Slot[]): void {
  for (let i = 0; i < slots.length; i += ARGUMENTS) {
    list.splice(at + i, 0, ...slots.slice(i, i + ARGUMENTS));
  }
}
