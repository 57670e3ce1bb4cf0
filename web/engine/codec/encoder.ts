import { EngineError } from '../../base/errors.js';
import { EncodeError } from './encode-error.js';
import { byteLengthIn, classOf, isObjectPrototype, ownValueOf } from './inert-reads.js';
import type { Memory } from './memory.js';
import { mayBeAbsent, placeOfUndefined } from './undefined-place.js';
import { byteLengthOf, writeWtf8 } from './wtf8.js';

/** Bounds on a value that is to be encoded. */
export interface EncodeLimits {
  /** Nested arrays and objects. */
  depth: number;
  /** Bytes of the whole value in its binary form. */
  bytes: number;
}

const UNLIMITED: EncodeLimits = { depth: 256, bytes: 1_073_741_824 };

// The grammar stands in src/value/codec.h.
const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const INT = 3;
const DOUBLE = 4;
const STRING = 5;
const ARRAY = 6;
const OBJECT = 7;
const STAGED = 15;

/** From so many entries on a list crosses in pieces of about so many bytes. */
const LONG = 4096;
const PIECE = 262_144;

/** Arguments of one call. */
const CHUNK = 4096;

/**
 * Writes values in the engine's binary form straight into its input buffer. `begin` starts the
 * arguments of one call; `length` is what to pass with it.
 */
export class Encoder {
  readonly #memory: Memory;
  #bytes = new Uint8Array();
  #start = 0;
  #at = 0;
  #end = 0;
  #limits = UNLIMITED;
  #isTrusted = true;
  #ownDepth = Infinity;
  #isInMeta = false;
  #hasUndefined = false;
  #passedOver = 0;
  #hasStaged = false;
  #isBusy = false;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /**
   * Within limits `ownDepth` says how deep the members of an action lie, 1 where the value is one: further down
   * `undefined` is no data then, since reducers may tell it from what is absent.
   */
  begin(limits: EncodeLimits = UNLIMITED, ownDepth = Infinity): this {
    if (this.#isBusy) throw busy();
    this.#limits = limits;
    this.#isTrusted = limits === UNLIMITED;
    this.#ownDepth = ownDepth;
    this.#isInMeta = false;
    this.#hasUndefined = false;
    this.#passedOver = 0;
    if (this.#hasStaged) this.#memory.unstage();
    this.#hasStaged = false;
    this.#bytes = this.#memory.bytes;
    this.#at = this.#start;
    return this;
  }

  get length(): number {
    return this.#at - this.#start;
  }

  /** What was written, as a text; undefined where a part of it has gone ahead. */
  get content(): string | undefined {
    if (this.#hasStaged) return undefined;
    let content = '';
    for (let at = this.#start; at < this.#at; at += CHUNK) {
      const end = Math.min(at + CHUNK, this.#at);
      content += String.fromCharCode(...this.#bytes.subarray(at, end));
    }
    return content;
  }

  varint(number: number): this {
    this.#reserve(5);
    this.#varint(number);
    return this;
  }

  float64(number: number): this {
    this.#reserve(8);
    this.#memory.data.setFloat64(this.#at, number, true);
    this.#at += 8;
    return this;
  }

  text(text: string): this {
    if (text.length < 0x80 && this.#shortAscii(text)) return this;
    this.#limit(text.length); // measuring takes a look at every character
    const size = byteLengthOf(text);
    this.#reserve(5 + size);
    this.#varint(size);
    this.#at = writeWtf8(text, this.#bytes, this.#at);
    return this;
  }

  /** Bytes of a value in the binary form, which nobody has checked. */
  bytes(bytes: Uint8Array): this {
    const size = byteLengthIn(bytes);
    this.#reserve(size);
    this.#bytes.set(bytes, this.#at);
    this.#at += size;
    return this;
  }

  /**
   * `undefined` as a whole is null; as a member it is left out, as an element it is null. Within limits
   * a value is untrusted: none of its getters runs, and whatever a Proxy throws makes it undecodable.
   */
  value(value: unknown): this {
    this.#isBusy = true;
    try {
      this.#value(value, 0);
      if (this.#hasUndefined && this.#ownDepth < Infinity) this.#refuseUndefined(value);
    } catch (error) {
      throw this.#isTrusted || isOurs(error) ? error : unreadable();
    } finally {
      this.#isBusy = false;
    }
    return this;
  }

  /** A pass of its own, since what is too large is that first. */
  #refuseUndefined(value: unknown): void {
    const place = placeOfUndefined(value, this.#ownDepth);
    if (place === undefined) return;
    throw [...place].reverse().reduce((error, key) => error.below(key), noValue());
  }

  /** The value null. */
  nothing(): this {
    this.#tag(NULL);
    return this;
  }

  // Most texts, measured and written at once.
  #shortAscii(text: string): boolean {
    this.#reserve(1 + text.length);
    let at = this.#at;
    this.#bytes[at++] = text.length;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) return false;
      this.#bytes[at++] = unit;
    }
    this.#at = at;
    return true;
  }

  #value(value: unknown, depth: number): void {
    if (typeof value === 'string') {
      this.#tag(STRING);
      this.text(value);
    } else if (typeof value === 'number') {
      this.#number(value);
    } else if (typeof value === 'boolean') {
      this.#tag(value ? TRUE : FALSE);
    } else if (value === null || value === undefined) {
      this.#tag(NULL);
    } else if (typeof value === 'object') {
      this.#container(value, depth);
    } else {
      throw new EncodeError('undecodable', `a ${typeof value} is not data`);
    }
  }

  #number(number: number): void {
    if ((number | 0) === number && !Object.is(number, -0)) {
      this.#tag(INT);
      this.varint(((number << 1) ^ (number >> 31)) >>> 0);
    } else if (Number.isFinite(number)) {
      this.#tag(DOUBLE);
      this.float64(number);
    } else {
      throw new EncodeError(
        'undecodable',
        `${number} is not data: a state holds finite numbers only`,
      );
    }
  }

  #container(value: object, depth: number): void {
    if (depth >= this.#limits.depth) {
      throw new EncodeError(
        'too-large',
        `more than ${this.#limits.depth} nested levels, or a cycle`,
      );
    }
    if (Array.isArray(value)) this.#array(value, depth);
    else this.#object(value as Record<string, unknown>, depth);
  }

  #array(array: readonly unknown[], depth: number): void {
    if (this.#isLong(array.length)) {
      this.#inPieces(false, array, depth, (i) => this.#entry(i, array[i], depth + 1));
      return;
    }
    const { length } = array; // a getter may change it
    this.#tag(ARRAY);
    this.varint(length);
    for (let i = 0; i < length; i++) {
      const value: unknown = this.#isTrusted ? array[i] : ownValueOf(array, i);
      if (value === undefined) this.#hasUndefined = true;
      this.#entry(i, value, depth + 1);
    }
  }

  #object(object: Record<string, unknown>, depth: number): void {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype !== null && !isObjectPrototype(prototype)) {
      throw new EncodeError('undecodable', `a ${classOf(prototype as object)} is not plain data`);
    }
    const keys = Object.keys(object);
    if (this.#isLong(keys.length)) {
      this.#inPieces(true, keys, depth, (i) => this.#member(object, keys[i]!, depth + 1));
      return;
    }
    if (!this.#isTrusted) {
      this.#ownMembers(object, keys, depth + 1);
      return;
    }
    let absent = 0;
    for (const key of keys) if (object[key] === undefined) absent++;
    this.#tag(OBJECT);
    this.varint(keys.length - absent);
    let left = keys.length - absent;
    for (const key of keys) if (this.#member(object, key, depth + 1)) left--;
    if (left !== 0) throw new EncodeError('undecodable', 'a getter in it changes while it is read');
  }

  /** Each is read once. Those without a value leave no bytes, but are work for each time they are met. */
  #ownMembers(object: object, keys: readonly string[], depth: number): void {
    const values: unknown[] = [];
    for (const key of keys) values.push(ownValueOf(object, key));
    let absent = 0;
    for (const value of values) if (value === undefined) absent++;
    this.#passedOver += absent;
    this.#limit(this.#passedOver);
    this.#tag(OBJECT);
    this.varint(keys.length - absent);
    for (let i = 0; i < keys.length; i++) {
      if (depth === this.#ownDepth) this.#isInMeta = keys[i] === 'meta';
      if (values[i] === undefined) {
        this.#hasUndefined ||= !mayBeAbsent(depth, this.#ownDepth, this.#isInMeta);
        continue;
      }
      this.text(keys[i]!);
      this.#entry(keys[i]!, values[i], depth);
    }
  }

  /** Whether there is one. */
  #member(object: Record<string, unknown>, key: string, depth: number): boolean {
    const value = object[key];
    if (value === undefined) return false;
    this.text(key);
    this.#entry(key, value, depth);
    return true;
  }

  // What is limited goes to peers that know no pieces, or comes from them.
  #isLong(count: number): boolean {
    return count >= LONG && this.#limits === UNLIMITED;
  }

  /** A list of any length in a buffer that stays small: the engine takes over what is written. */
  #inPieces(
    isObject: boolean,
    { length }: readonly unknown[],
    depth: number,
    write: (i: number) => unknown,
  ): void {
    const list = this.#memory.beginList(isObject);
    this.#hasStaged = true;
    const start = this.length;
    for (let i = 0; i < length; i++) {
      write(i);
      if (this.length - start >= PIECE || i === length - 1) this.#stage(list, start, depth + 1);
    }
    this.#tag(STAGED);
    this.varint(list);
  }

  #stage(list: number, start: number, depth: number): void {
    if (!this.#memory.stage(list, start, this.length - start, depth)) {
      throw new EncodeError('too-large', 'the engine cannot take over a part of it');
    }
    this.#bytes = this.#memory.bytes;
    this.#at = this.#start + start;
  }

  #entry(key: string | number, value: unknown, depth: number): void {
    try {
      this.#value(value, depth);
    } catch (error) {
      throw error instanceof EncodeError ? error.below(key) : error;
    }
  }

  #tag(tag: number): void {
    this.#reserve(1);
    this.#bytes[this.#at++] = tag;
  }

  #varint(number: number): void {
    while (number >= 0x80) {
      this.#bytes[this.#at++] = (number & 0x7f) | 0x80;
      number >>>= 7;
    }
    this.#bytes[this.#at++] = number;
  }

  #limit(size: number): void {
    if (this.length + size > this.#limits.bytes) {
      throw new EncodeError('too-large', `more than ${this.#limits.bytes} bytes`);
    }
  }

  #reserve(size: number): void {
    this.#limit(size);
    // A map view in the value is read meanwhile; when that lets memory grow, the old bytes are gone.
    if (this.#at + size <= this.#end && this.#bytes.length > 0) return;
    const written = this.length;
    const input = this.#memory.input(2 * (written + size));
    this.#bytes = this.#memory.bytes;
    this.#start = input.start;
    this.#at = input.start + written;
    this.#end = input.start + input.size;
  }
}

function noValue(): EncodeError {
  const message = 'undefined cannot cross: a null can, or leave it out';
  return new EncodeError('undecodable', message, true);
}

function unreadable(): EncodeError {
  return new EncodeError('undecodable', 'it throws while it is read');
}

/** What a Proxy throws is no failure of ours. */
function isOurs(error: unknown): boolean {
  return (
    error instanceof EncodeError ||
    (error instanceof EngineError && error.code.startsWith('engine-'))
  );
}

/** Getters and Proxies in a value are code of its own, which may come back here. */
function busy(): EngineError {
  const message =
    'a value is being read for the engine; its getters may not call a store: read the store first';
  return new EngineError('busy', message);
}
