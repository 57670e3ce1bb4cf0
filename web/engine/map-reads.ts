import type { Funnel } from './funnel.js';
import type { Memory } from './memory.js';
import { byteLengthOf, writeWtf8 } from './wtf8.js';

/** All members of a large object, in the order of its keys. */
export interface Members {
  readonly keys: readonly string[];
  readonly values: readonly unknown[];
}

/** How map views read the node they stand for (bindings/map_reads.cpp). */
export class MapReads {
  readonly #funnel: Funnel;
  readonly #memory: Memory;
  #keyStart = 0;
  #keySize = 0;

  constructor(funnel: Funnel, memory: Memory) {
    this.#funnel = funnel;
    this.#memory = memory;
  }

  /** The view of one member; undefined when there is none. */
  member(id: number, key: string): unknown {
    const found = this.#funnel.hot(this.#funnel.hotCalls.member, id, this.#writeKey(key), '');
    return found === 0 ? undefined : this.#funnel.answer().value();
  }

  members(id: number): Members {
    this.#funnel.call(() => this.#funnel.module._isthmus_members(id));
    const answer = this.#funnel.answer();
    const count = answer.varint();
    return { keys: answer.texts(count), values: answer.list(count) };
  }

  /** The view of a node is gone. */
  unpin(id: number): void {
    if (this.#funnel.isDead) return;
    this.#funnel.call(() => this.#funnel.module._isthmus_unpin(id));
  }

  #writeKey(key: string): number {
    const size = byteLengthOf(key);
    if (size > this.#keySize || this.#keyStart === 0) {
      this.#keyStart = this.#funnel.call(() => this.#funnel.module._isthmus_keyBuffer(size));
      this.#keySize = size;
    }
    return writeWtf8(key, this.#memory.bytes, this.#keyStart) - this.#keyStart;
  }
}
