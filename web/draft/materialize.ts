import { setMember } from '../base/plain-object.js';
import { type Element, HOLE, type Numbered, type Part, type Piece } from './part.js';

/**
 * The plain value that a part is: untouched parts are the base's own, what is new or has changed is frozen.
 * As with Immer, a new object stays the object it is, with values where it held drafts.
 */
export function materialize(part: Part): unknown {
  return new Materializer().value(part);
}

class Materializer {
  /** What stands in several places, by its number. */
  readonly #made: object[] = [];

  value(part: Part): unknown {
    if (typeof part !== 'object' || part === null) return part;
    if (part.kind === 'kept') return part.base;
    if (part.kind === 'fresh') return freezeDeeply(part.value);
    if (part.number === 0) return this.#container(part);
    return (this.#made[part.number] ??= this.#container(part));
  }

  #container(part: Extract<Part, Numbered>): object {
    if (part.kind === 'edited-object') return this.#editedObject(part.base, part);
    if (part.kind === 'edited-array') return this.#editedArray(part.base, part.pieces);
    if (part.kind === 'new-object') return this.#newObject(part.value, part.members);
    return this.#newArray(part.value, part.elements);
  }

  #editedObject(
    base: object,
    { delete: gone, set }: { delete: readonly string[]; set: ReadonlyMap<string, Part> },
  ): object {
    const copy = copyOf(base);
    for (const key of gone) delete copy[key];
    for (const [key, part] of set) setMember(copy, key, this.value(part));
    return Object.freeze(copy);
  }

  #editedArray(base: readonly unknown[], pieces: readonly Piece[]): object {
    if (pieces.length === 1 && 'from' in pieces[0]!) {
      return Object.freeze(base.slice(pieces[0].from, pieces[0].to));
    }
    const array: unknown[] = [];
    for (const piece of pieces) {
      if ('parts' in piece) this.#push(array, piece.parts);
      else pushRange(array, base, piece.from, piece.to);
    }
    return Object.freeze(array);
  }

  #newObject(value: object, members: ReadonlyMap<string, Part>): object {
    const object = Object.isExtensible(value) ? (value as Record<string, unknown>) : copyOf(value);
    for (const [key, part] of members) {
      if (typeof part === 'object') setMember(object, key, this.value(part));
    }
    return Object.freeze(object);
  }

  #newArray(value: readonly unknown[], elements: readonly Element[]): object {
    const array = Object.isExtensible(value) ? (value as unknown[]) : [];
    array.length = 0;
    this.#push(array, elements);
    return Object.freeze(array);
  }

  #push(array: unknown[], elements: readonly Element[]): void {
    for (const element of elements) {
      if (element === HOLE) array.length++;
      else array.push(this.value(element));
    }
  }
}

function pushRange(array: unknown[], base: readonly unknown[], from: number, to: number): void {
  for (let i = from; i < to; i++) {
    if (i in base) array.push(base[i]);
    else array.length++;
  }
}

function copyOf(base: object): Record<string, unknown> {
  const prototype = Object.getPrototypeOf(base) as object | null;
  if (prototype === Object.prototype) return { ...base };
  return Object.assign(Object.create(prototype) as Record<string, unknown>, base);
}

function freezeDeeply(value: object): object {
  if (Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value) as unknown[]) {
    if (typeof member === 'object' && member !== null) freezeDeeply(member);
  }
  return value;
}
