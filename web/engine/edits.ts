import type { Path } from '../base/path.js';
import {
  HOLE,
  type EditedArray,
  type EditedObject,
  type Element,
  type NewArray,
  type NewObject,
  type Part,
} from '../draft/part.js';
import type { Encoder } from './codec/encoder.js';

// The grammar stands in src/value/edits.h.
const PUT = 0;
const REMOVE = 1;
const ARRANGE = 2;
const SAVE = 3;
const END = 4;
const VALUE = 0;
const BEFORE = 1;
const SAVED = 2;
const OBJECT = 3;
const ARRAY = 4;
const RANGE = 0;

type Members = readonly (readonly [name: string, member: Part])[];
type Container = Exclude<Extract<Part, object>, { kind: 'kept' | 'fresh' }>;

/** Writes what a recipe has made of a state, as edits of it: each part is put in its place, and then filled. */
export class EditWriter {
  readonly #encoder: Encoder;
  readonly #path: (string | number)[] = [];
  /** What was saved under which number, by the part's own. */
  #saved: Map<number, number> | undefined;

  constructor(encoder: Encoder) {
    this.#encoder = encoder;
  }

  write(part: Part): void {
    if (pathIn(part)?.length !== 0) this.#put(part);
    this.#fill(part);
    this.#encoder.varint(END);
  }

  #below(key: string | number, part: Part, container: Path | undefined): void {
    this.#path.push(key);
    if (this.#isSaved(part) || !isInPlace(part, key, container)) this.#put(part);
    this.#fill(part);
    this.#path.pop();
  }

  #put(part: Part): void {
    this.#operation(PUT);
    this.#source(part);
  }

  #operation(code: number): void {
    this.#encoder.varint(code);
    this.#writePath(this.#path);
  }

  /** Of a part that is whole, all that is in it is. */
  #source(part: Element, isInWhole = false): void {
    const encoder = this.#encoder;
    if (part === HOLE) encoder.varint(VALUE).nothing();
    else if (!isObject(part)) encoder.varint(VALUE).value(part);
    else if (part.kind === 'fresh') encoder.varint(VALUE).value(part.value);
    else if (this.#isSaved(part)) {
      encoder.varint(SAVED).varint(this.#saved!.get((part as Container).number)!);
    } else if (part.kind === 'new-object') this.#newObject(part, isInWhole || isWhole(part));
    else if (part.kind === 'new-array') this.#newArray(part, isInWhole || isWhole(part));
    else if (part.path === undefined) encoder.varint(VALUE).value(part.base);
    else {
      encoder.varint(BEFORE);
      this.#writePath(part.path);
    }
  }

  /** Whole where that can be said at once, else empty, and filled later. */
  #newObject(part: NewObject, isAll: boolean): void {
    const members = isAll ? [...part.members].filter(isThere) : [];
    this.#encoder.varint(OBJECT).varint(members.length);
    for (const [key, member] of members) {
      this.#encoder.text(key);
      this.#source(member, true);
    }
  }

  #newArray(part: NewArray, isAll: boolean): void {
    const elements = isAll ? part.elements : [];
    this.#encoder.varint(ARRAY).varint(elements.length);
    for (const element of elements) this.#source(elementOf(element), true);
  }

  /** Whether it was filled elsewhere. */
  #isSaved(part: Part): boolean {
    return (
      this.#saved !== undefined &&
      isObject(part) &&
      'number' in part &&
      this.#saved.has(part.number)
    );
  }

  /** Of a part that is in its place: what else it has to become. */
  #fill(part: Part): void {
    if (!isObject(part) || part.kind === 'kept' || part.kind === 'fresh') return;
    if (this.#isSaved(part) || isWhole(part)) return;
    this.#fillContainer(part);
    if (part.number === 0) return;
    this.#operation(SAVE);
    this.#saved ??= new Map();
    this.#saved.set(part.number, this.#saved.size + 1);
  }

  #fillContainer(part: Container): void {
    if (part.kind === 'edited-object') this.#editObject(part);
    else if (part.kind === 'edited-array') this.#editArray(part);
    else if (part.kind === 'new-array') this.#arrange([{ parts: part.elements }]);
    else {
      for (const [key, member] of part.members) {
        if (member !== undefined) this.#below(key, member, undefined);
      }
    }
  }

  #editObject({ base, path, delete: gone, set }: EditedObject): void {
    for (const key of gone) this.#remove(key);
    const isGone = gone.length === 0 ? undefined : new Set(gone);
    for (const [key, part] of set) {
      const isThere = isGone?.has(key) !== true && Object.hasOwn(base, key);
      if (part !== undefined) this.#setMember(key, part, isThere ? base[key] : undefined, path);
      else if (isThere) this.#remove(key);
    }
  }

  /** Of a new object where one with the same keys was, what is told are the members that differ. */
  #setMember(key: string, part: Part, was: unknown, container: Path): void {
    const members = differences(part, was);
    if (members === undefined) {
      this.#below(key, part, was === undefined ? undefined : container);
      return;
    }
    this.#path.push(key);
    for (const [name, member] of members) this.#below(name, member, [...container, key]);
    this.#path.pop();
  }

  #remove(key: string): void {
    this.#path.push(key);
    this.#operation(REMOVE);
    this.#path.pop();
  }

  #editArray(array: EditedArray): void {
    if (!isAligned(array)) {
      this.#arrange(array.pieces);
      return;
    }
    let index = 0;
    for (const piece of array.pieces) {
      if ('to' in piece) index = piece.to;
      else {
        for (const part of piece.parts) this.#below(index++, elementOf(part), array.path);
      }
    }
  }

  #arrange(pieces: EditedArray['pieces']): void {
    const encoder = this.#encoder;
    this.#operation(ARRANGE);
    encoder.varint(pieces.length);
    for (const piece of pieces) {
      if ('to' in piece) encoder.varint(RANGE).varint(piece.from).varint(piece.to);
      else {
        encoder.varint(piece.parts.length);
        for (const part of piece.parts) this.#source(part);
      }
    }
    let index = 0;
    for (const piece of pieces) {
      if ('to' in piece) index += piece.to - piece.from;
      else for (const part of piece.parts) this.#fillAt(index++, elementOf(part));
    }
  }

  /** One that stands at several places is filled at the first of them. */
  #fillAt(index: number, part: Part): void {
    if (!isObject(part) || part.kind === 'kept' || part.kind === 'fresh') return;
    this.#path.push(index);
    if (this.#isSaved(part)) this.#put(part);
    else this.#fill(part);
    this.#path.pop();
  }

  #writePath(path: Path): void {
    this.#encoder.varint(path.length);
    for (const part of path) {
      if (typeof part === 'number') this.#encoder.varint(part + 1);
      else this.#encoder.varint(0).text(part);
    }
  }
}

function isThere([, member]: readonly [string, Part]): boolean {
  return member !== undefined;
}

/** The members in which a new object that stands in one place differs from one with the same keys in their order. */
function differences(part: Part, was: unknown): Members | undefined {
  if (!isObject(part) || typeof was !== 'object' || was === null) return undefined;
  const members = membersOf(part);
  // First whether they are there, since `was` may have a great many more.
  const isThere = ([name, member]: Members[number]) => member !== undefined && name in was;
  if (members?.every(isThere) !== true || Array.isArray(was)) return undefined;
  const names = Object.keys(was);
  if (names.length !== members.length) return undefined;
  if (!members.every(([name], i) => name === names[i])) return undefined;
  return members.filter(([name, member]) => !Object.is(member, was[name as keyof typeof was]));
}

function membersOf(part: Extract<Part, object>): Members | undefined {
  if (part.kind === 'new-object') return part.number === 0 ? [...part.members] : undefined;
  if (part.kind !== 'fresh' || Array.isArray(part.value)) return undefined;
  return Object.entries(part.value).map(([name, value]: [string, unknown]) => [
    name,
    asPart(value),
  ]);
}

/** Of fresh data. */
function asPart(value: unknown): Part {
  return typeof value === 'object' && value !== null ? { kind: 'fresh', value } : (value as Part);
}

/** Whether nothing in it stands elsewhere, too, or is an edited part of the state. */
function isWhole(part: Element): boolean {
  if (part === HOLE || !isObject(part) || part.kind === 'kept' || part.kind === 'fresh')
    return true;
  if (part.number > 0) return false;
  if (part.kind === 'new-array') return part.elements.every(isWhole);
  return part.kind === 'new-object' && [...part.members.values()].every(isWhole);
}

function isObject<T>(part: T): part is Extract<T, object> {
  return typeof part === 'object' && part !== null;
}

/** Where it stood in the state as it was. */
function pathIn(part: Part): Path | undefined {
  return isObject(part) && 'path' in part ? part.path : undefined;
}

/** Whether it stands where it stood, in a container that was at `container` then; a new one was nowhere. */
function isInPlace(part: Part, key: string | number, container: Path | undefined): boolean {
  const path = pathIn(part);
  if (path === undefined || path.length - 1 !== container?.length) return false;
  return path.at(-1) === key && container.every((each, i) => each === path[i]);
}

/** Whether each range stands where it stood, and the array is as long as it was. */
function isAligned({ base, pieces }: EditedArray): boolean {
  let length = 0;
  for (const piece of pieces) {
    if ('to' in piece && piece.from !== length) return false;
    length += 'to' in piece ? piece.to - piece.from : piece.parts.length;
  }
  return length === base.length;
}

/** Holes and what is undefined are null in an array of the engine. */
function elementOf(part: Element): Part {
  return part === HOLE || part === undefined ? null : part;
}
