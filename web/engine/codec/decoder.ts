import { defineMember } from '../../base/plain-object.js';
import type { PlatformBytes } from '../../base/platform-types.js';
import type { AffectedWatch, NativeChange } from '../change.js';
import type { Memory } from './memory.js';
import { readWtf8 } from './wtf8.js';

/** What the decoder asks about nodes the engine shows: the views this side keeps by id. */
export interface ViewTable {
  viewOf(id: number): object;
  mapOf(id: number, place: number): object;
  keep(id: number, view: object): object;
  /** The view may come back as the state of a reducer. */
  recognize(id: number, view: object): void;
  /** The node has died. */
  drop(id: number): void;
}

const REFERENCE = 8;
const SHOWN_OBJECT = 10;
const MAP = 11;
const REFERENCES = 12;
const CHANGED_ARRAY = 13;
const ASK = 14;

const NO_WATCHES: readonly AffectedWatch[] = [];

/** Stands for a value that was not told and can be read. */
export const UNREAD = /* @__PURE__ */ Symbol('unread');

/**
 * Reads the engine's output: the mirror image of src/value/encoder.cpp and show.cpp. Values written with
 * `value` come out as fresh plain data, values written with `show` as views.
 */
export class Decoder {
  readonly #memory: Memory;
  readonly #views: ViewTable;
  #bytes = new Uint8Array();
  #at = 0;
  readonly #shapes: (readonly string[])[] = [];

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

  /** A copy, which holds beyond the next call. */
  bytes(): PlatformBytes {
    const size = this.varint();
    this.#at += size;
    return this.#bytes.slice(this.#at - size, this.#at);
  }

  texts(count: number): string[] {
    const texts = new Array<string>(count);
    for (let i = 0; i < count; i++) texts[i] = this.text();
    return texts;
  }

  /** A slice's state, whose view is recognized when it comes back. */
  state(): unknown {
    const isShown = this.#bytes[this.#at]! >= REFERENCE;
    const id = isShown ? this.#idAfterTag() : 0;
    const value = this.value();
    if (isShown) this.#views.recognize(id, value as object);
    return value;
  }

  /** A `change` (bindings/answers.h), of which `moved` says whether there was one. */
  change(moved: boolean): NativeChange {
    const count = this.varint();
    const watches = count === 0 ? NO_WATCHES : this.#watches(count);
    this.released();
    return { moved, watches };
  }

  /** The views of the nodes that died are let go. */
  released(): void {
    for (let left = this.varint(); left > 0; left--) this.#views.drop(this.varint());
  }

  #watches(count: number): readonly AffectedWatch[] {
    const watches: AffectedWatch[] = [];
    for (let left = count; left > 0; left--)
      watches.push({ id: this.varint(), value: this.value() });
    return watches;
  }

  /** The elements of a list, `count` of them. */
  list(count: number): unknown[] {
    const items = new Array<unknown>(count);
    for (let i = 0; i < count;) {
      if (this.#bytes[this.#at] === REFERENCES) i = this.#references(items, i);
      else items[i++] = this.value();
    }
    return items;
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
        return this.list(this.varint());
      case 7:
        return this.#object();
      case ASK:
        return UNREAD;
      default:
        return this.#shown(tag);
    }
  }

  #idAfterTag(): number {
    const start = this.#at++;
    const id = this.varint();
    this.#at = start;
    return id;
  }

  #shown(tag: number): object {
    const id = this.varint();
    switch (tag) {
      case REFERENCE:
        return this.#views.viewOf(id);
      case SHOWN_OBJECT:
        return this.#views.keep(id, Object.freeze(this.#shapedObject()));
      case MAP:
        return this.#views.mapOf(id, this.varint());
      case CHANGED_ARRAY:
        return this.#views.keep(id, Object.freeze(this.#changedArray()));
      default:
        return this.#views.keep(id, Object.freeze(this.list(this.varint())));
    }
  }

  #changedArray(): unknown[] {
    // Copying by spread is what engines do fast, also with a frozen array.
    const items = [...(this.#views.viewOf(this.varint()) as unknown[])];
    items.length = Math.min(items.length, this.varint());
    for (let left = this.varint(); left > 0; left--) items[this.varint()] = this.value();
    return items;
  }

  #references(items: unknown[], from: number): number {
    this.#at++;
    const end = from + this.varint();
    let id = this.varint();
    items[from] = this.#views.viewOf(id);
    for (let i = from + 1; i < end; i++) {
      id += this.#int();
      items[i] = this.#views.viewOf(id);
    }
    return end;
  }

  #int(): number {
    const zigzag = this.varint();
    return (zigzag >>> 1) ^ -(zigzag & 1);
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

  #shapedObject(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (const key of this.#shape()) {
      if (key === '__proto__') defineMember(object, key, this.value());
      else object[key] = this.value();
    }
    return object;
  }

  #shape(): readonly string[] {
    const number = this.varint();
    if ((number & 1) === 0) return this.#shapes[number >> 1]!;
    return (this.#shapes[number >> 1] = this.texts(this.varint()));
  }
}
