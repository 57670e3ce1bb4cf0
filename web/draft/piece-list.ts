import type { Element, Piece } from './part.js';

/** Collects the pieces of an array, as few as there can be. */
export class PieceList {
  readonly pieces: Piece[] = [];
  length = 0;
  readonly #changed: readonly number[];
  #parts: Element[] | undefined;
  #last: { from: number; to: number } | undefined;

  /** `changed` are the indices of elements of the base that are no longer what they were. */
  constructor(changed: readonly number[]) {
    this.#changed = changed;
  }

  /** Elements of the base; `part` is what a changed one has become. */
  range(from: number, to: number, part: (index: number, at: number) => Element): void {
    let start = from;
    for (let i = this.#firstChanged(from); (this.#changed[i] ?? to) < to; i++) {
      const index = this.#changed[i]!;
      this.#untouched(start, index);
      this.part(part(index, this.length));
      start = index + 1;
    }
    this.#untouched(start, to);
  }

  part(part: Element): void {
    if (this.#parts === undefined) {
      this.#parts = [];
      this.#last = undefined;
      this.pieces.push({ parts: this.#parts });
    }
    this.#parts.push(part);
    this.length++;
  }

  #untouched(from: number, to: number): void {
    if (from >= to) return;
    this.length += to - from;
    if (this.#last?.to === from) {
      this.#last.to = to;
      return;
    }
    this.#last = { from, to };
    this.#parts = undefined;
    this.pieces.push(this.#last);
  }

  /** The place in the list of the first changed index that is not below `from`. */
  #firstChanged(from: number): number {
    let low = 0;
    let high = this.#changed.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#changed[middle]! < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
