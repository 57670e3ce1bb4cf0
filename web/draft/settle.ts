import {
  type ArrayNode,
  GONE,
  nodeOf,
  ObjectNode,
  type Session,
  UNDEFINED,
} from './node.js';
import { type Element, HOLE, type Part, type Primitive } from './part.js';
import { PieceList } from './piece-list.js';
import { assertData, cycle, draftHasEnded, foreignDraft } from './refusals.js';
import { HOLE_SLOT } from './sequence.js';

/** Finds what the values of a recipe have come to. It goes where something was read or written, nowhere else. */
export class Settlement {
  readonly #session: Session;
  readonly #path: (string | number)[] = [];
  /** New containers that hold others; null while one is being looked at. */
  readonly #seen = new Map<object, Part | null>();
  #numbers = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** @throws EngineError with the place of what is no plain data, or contains itself. */
  part(value: unknown): Part {
    if (typeof value !== 'object' || value === null) {
      assertData(value, this.#path);
      return value as Primitive;
    }
    const node = nodeOf(value);
    if (node !== undefined) return this.#ofDraft(node);
    if (this.#session.isKept(value)) return { kind: 'kept', base: value };
    return this.#ofNew(value);
  }

  #below(key: string | number, value: unknown): Part {
    if (value === null || typeof value === 'string') return value;
    this.#path.push(key);
    const part = this.part(value);
    this.#path.pop();
    return part;
  }

  #ofDraft(node: ObjectNode | ArrayNode): Part {
    if (node.session !== this.#session) throw this.#ofAnother(node);
    if (node.part === null) throw cycle(this.#path);
    if (node.part !== undefined) return this.#again(node.part);
    if (!node.isModified) return (node.part = { kind: 'kept', base: node.base });
    node.part = null;
    return (node.part = node instanceof ObjectNode ? this.#ofObject(node) : this.#ofArray(node));
  }

  #ofAnother(node: ObjectNode | ArrayNode): Error {
    return node.session.isOver ? draftHasEnded(this.#path) : foreignDraft(this.#path);
  }

  #again(part: Part): Part {
    if (typeof part === 'object' && part !== null && 'number' in part && part.number === 0) {
      part.number = ++this.#numbers;
    }
    return part;
  }

  #ofObject(node: ObjectNode): Part {
    const set = new Map<string, Part>();
    const gone: string[] = [];
    for (const [key, entry] of node.entries ?? []) {
      const isMoved = node.appended?.has(key) === true;
      if ((entry === GONE || isMoved) && Object.hasOwn(node.base, key)) gone.push(key);
      if (entry === GONE || isMoved || this.#isUntouched(node, key, entry)) continue;
      set.set(key, this.#below(key, entry === UNDEFINED ? undefined : entry));
    }
    for (const key of node.appended ?? []) {
      const entry = node.entries!.get(key);
      set.set(key, this.#below(key, entry === UNDEFINED ? undefined : entry));
    }
    return { kind: 'edited-object', base: node.base, delete: gone, set, number: 0 };
  }

  /** A child that was only read. */
  #isUntouched(node: ObjectNode, key: string, entry: unknown): boolean {
    const child = nodeOf(entry);
    return child?.parent === node && child.key === key && !child.isModified;
  }

  #ofArray(node: ArrayNode): Part {
    const list = new PieceList(modifiedKids(node));
    const { sequence } = node;
    const kid = (slot: number, at: number): Part => this.#below(at, node.kids!.get(slot));
    if (sequence === undefined) list.range(0, node.base.length, kid);
    for (const run of sequence?.runs ?? []) {
      if (run.list === undefined) list.range(run.from, run.to, kid);
      for (const slot of run.list ?? []) {
        if (slot >= 0) list.range(slot, slot + 1, kid);
        else if (slot === HOLE_SLOT) list.part(HOLE);
        else list.part(this.#below(list.length, sequence!.valueOf(slot)));
      }
    }
    return { kind: 'edited-array', base: node.base, pieces: list.pieces, number: 0 };
  }

  #ofNew(value: object): Part {
    assertData(value, this.#path);
    const seen = this.#seen.get(value);
    if (seen === null) throw cycle(this.#path);
    if (seen !== undefined) return this.#again(seen);
    const holds = Array.isArray(value) ? value.some(isObject) : Object.values(value).some(isObject);
    if (holds) this.#seen.set(value, null);
    const part = Array.isArray(value) ? this.#ofNewArray(value) : this.#ofNewObject(value);
    if (holds) this.#seen.set(value, part);
    return part;
  }

  #ofNewArray(value: readonly unknown[]): Part {
    let isFresh = true;
    const elements: Element[] = [];
    for (let i = 0; i < value.length; i++) {
      const part = i in value ? this.#below(i, value[i]) : HOLE;
      isFresh &&= refersToNothing(part);
      elements.push(part);
    }
    if (isFresh) return { kind: 'fresh', value };
    return { kind: 'new-array', value, elements, number: 0 };
  }

  #ofNewObject(value: object): Part {
    let isFresh = true;
    const members = new Map<string, Part>();
    for (const [key, member] of Object.entries(value)) {
      const part = this.#below(key, member);
      isFresh &&= refersToNothing(part);
      members.set(key, part);
    }
    if (isFresh) return { kind: 'fresh', value };
    return { kind: 'new-object', value, members, number: 0 };
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function refersToNothing(part: Element): boolean {
  return typeof part !== 'object' || part === null || part.kind === 'fresh';
}

/** Indices in the base of elements that have changed, in order. */
function modifiedKids(node: ArrayNode): readonly number[] {
  const indices: number[] = [];
  for (const [index, kid] of node.kids ?? []) if (nodeOf(kid)!.isModified) indices.push(index);
  return indices.sort((a, b) => a - b);
}
