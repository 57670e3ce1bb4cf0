import { type ArrayNode, GONE, nodeOf, ObjectNode, type Session, UNDEFINED } from './node.js';
import { type Element, HOLE, type Part, type Primitive } from './part.js';
import { pathOf } from './path-of.js';
import { PieceList } from './piece-list.js';
import { assertData, cycle, draftHasEnded, foreignDraft } from './refusals.js';
import { HOLE_SLOT } from './sequence.js';

/** Finds what the values of a recipe have come to. It goes where something was read or written, nowhere else. */
export class Settlement {
  readonly #session: Session;
  readonly #path: (string | number)[] = [];
  /** New containers that hold others; null while one is being looked at. No other can be in a cycle. */
  #seen: Map<object, Part | null> | undefined;
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
    if (this.#session.isKept(value)) return { kind: 'kept', base: value, path: undefined };
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
    if (!node.isModified) {
      return (node.part = { kind: 'kept', base: node.base, path: pathOf(node) });
    }
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
    return {
      kind: 'edited-object',
      base: node.base,
      path: pathOf(node),
      delete: gone,
      set,
      number: 0,
    };
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
      const slots = run.list ?? [];
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i]!;
        if (slot === HOLE_SLOT) list.part(HOLE);
        else if (slot < 0) list.part(this.#below(list.length, sequence!.valueOf(slot)));
        else {
          while (slots[i + 1] === slots[i]! + 1) i++;
          list.range(slot, slots[i]! + 1, kid);
        }
      }
    }
    const { pieces } = list;
    return { kind: 'edited-array', base: node.base, path: pathOf(node), pieces, number: 0 };
  }

  #ofNew(value: object): Part {
    assertData(value, this.#path);
    const seen = this.#seen?.get(value);
    if (seen === null) throw cycle(this.#path);
    if (seen !== undefined) return this.#again(seen);
    if (Array.isArray(value)) return this.#ofNewArray(value, value.some(isContainer));
    const members = Object.values(value) as unknown[];
    return this.#ofNewObject(value, members, members.some(isContainer));
  }

  #ofNewArray(value: readonly unknown[], holdsOthers: boolean): Part {
    if (!holdsOthers) {
      for (let i = 0; i < value.length; i++) this.#below(i, value[i]);
      return { kind: 'fresh', value };
    }
    this.#note(value, null);
    const elements: Element[] = [];
    for (let i = 0; i < value.length; i++) {
      elements.push(i in value ? this.#below(i, value[i]) : HOLE);
    }
    return this.#made(
      value,
      elements.every(refersToNothing)
        ? { kind: 'fresh', value }
        : { kind: 'new-array', value, elements, number: 0 },
    );
  }

  #ofNewObject(value: object, values: readonly unknown[], holdsOthers: boolean): Part {
    const keys = Object.keys(value);
    if (!holdsOthers) {
      for (let i = 0; i < keys.length; i++) this.#below(keys[i]!, values[i]);
      return { kind: 'fresh', value };
    }
    this.#note(value, null);
    const parts = keys.map((key, i) => this.#below(key, values[i]));
    if (parts.every(refersToNothing)) return this.#made(value, { kind: 'fresh', value });
    const members = new Map(keys.map((key, i) => [key, parts[i]!]));
    return this.#made(value, { kind: 'new-object', value, members, number: 0 });
  }

  #made(value: object, part: Part): Part {
    this.#note(value, part);
    return part;
  }

  #note(value: object, part: Part | null): void {
    (this.#seen ??= new Map()).set(value, part);
  }
}

function isContainer(value: unknown): boolean {
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
