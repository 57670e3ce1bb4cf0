import type { Memory } from './memory.js';
import { readWtf8 } from './wtf8.js';

/** What the decoder asks about nodes the engine shows: the views this side keeps by id. */
export interface ViewTable {
  viewOf(id: number): object;
  keep(id: number, view: object): object;
}

/**
 * Reads the engine's output: the mirror image of src/value/writer.cpp. Values written with `value` come
 * out as fresh plain data, values written with `show` as views.
 */
export class Decoder {
  readonly #memory: Memory;
  readonly #views: ViewTable;
  #bytes = new Uint8Array();
  #at = 0;

  constructor(memory: Memory, views: ViewTable) {
    this.#memory = memory;
    this.#views = views;
  }

  begin(): this {
    this.#bytes = this.#memory.bytes;
    this.#at = this.#memory.outputStart();
    return this;
  }

  varint(): number {
    let number = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#bytes[this.#at++]!;
      number += (byte & 0x7f) * scale;
      if (byte < 0x80) return number;
    }
  }

  float64(): number {
    const number = this.#memory.data.getFloat64(this.#at, true);
    this.#at += 8;
    return number;
  }

  text(): string {
    const size = this.varint();
    const start = this.#at;
    this.#at += size;
    return readWtf8(this.#bytes, start, this.#at);
  }

  value(): unknown {
    const tag = this.#bytes[this.#at++]!;
    switch (tag) {
      case 0:
        return null;
      case 1:
        return false;
      case 2:
        return true;
      case 3:
        return this.#int();
      case 4:
        return this.float64();
      case 5:
        return this.text();
      case 6:
        return this.#array();
      case 7:
        return this.#object();
      case 8:
        return this.#views.viewOf(this.float64());
      case 9:
        return this.#views.keep(this.float64(), Object.freeze(this.#array()));
      default:
        return this.#views.keep(this.float64(), Object.freeze(this.#object()));
    }
  }

  #int(): number {
    const zigzag = this.varint();
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  #array(): unknown[] {
    const items = new Array<unknown>(this.varint());
    for (let i = 0; i < items.length; i++) items[i] = this.value();
    return items;
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (let left = this.varint(); left > 0; left--) {
      const key = this.text();
      const value = this.value();
      if (key === '__proto__') defineMember(object, key, value);
      else object[key] = value;
    }
    return object;
  }
}

/** Assigning to `__proto__` would set the prototype; as a member it is a key like any other. */
export function defineMember(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}
