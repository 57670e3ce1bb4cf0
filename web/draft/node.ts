import { isPlainObject } from '../base/plain-object.js';
import { draftHasEnded } from './refusals.js';
import type { Part } from './part.js';
import type { Sequence } from './sequence.js';
import { endTrail } from './trail.js';

/** How a draft answers to what is under it, for objects and for arrays. */
export interface Handlers {
  readonly object: ProxyHandler<ObjectNode>;
  readonly array: ProxyHandler<[ArrayNode]>;
}

/** One run of a recipe: what its drafts share. */
export class Session {
  isOver = false;
  #writes = 0;
  #taken = 0;
  #takenBefore = 0;

  constructor(
    readonly handlers: Handlers,
    /** Whether an object that is no draft is known to be an untouched part of the base. */
    readonly isKept: (value: object) => boolean,
  ) {}

  wrote(): void {
    this.#writes++;
    endTrail();
  }

  get isUntouched(): boolean {
    return this.#writes === 0;
  }

  /**
   * Whether its root was written to since it was taken up. Redux Toolkit runs one reducer after another on
   * the same draft, and asks before each whether it is one.
   */
  get hasWritten(): boolean {
    return this.#writes > this.#taken;
  }

  takeUp(): void {
    this.#takenBefore = this.#taken;
    this.#taken = this.#writes;
  }

  /** That was for something else. */
  leave(): void {
    this.#taken = this.#takenBefore;
  }
}

/** What is known of one draft: the object or array of the base it stands for, and what has become of it. */
export class DraftNode {
  /** Of it or of anything below, by the rules of Immer: what is set back stays modified. */
  isModified = false;
  /** Whether children that are no drafts yet are read as they are. */
  isCopied = false;
  proxy!: object;
  /** What it ends as; null while that is being found out. */
  part: Part | null | undefined = undefined;
  /** What a copy of Immer sees of it. */
  face: object | undefined = undefined;

  constructor(
    readonly session: Session,
    readonly parent: DraftNode | undefined,
    readonly key: string | number,
  ) {}

  assertOpen(): void {
    if (this.session.isOver) throw draftHasEnded();
  }

  touch(): void {
    this.session.wrote();
    this.markModified();
  }

  private markModified(): void {
    if (this.isModified) return;
    this.isModified = true;
    this.parent?.markModified();
  }
}

/** Stands in `entries` for a key that is gone, and for one whose value is undefined. */
export const GONE = /* @__PURE__ */ Symbol.for('isthmus.draft.gone');
export const UNDEFINED = /* @__PURE__ */ Symbol.for('isthmus.draft.undefined');

export class ObjectNode extends DraftNode {
  /** By key: the draft of a child that was read, or what was written. */
  entries: Map<string, unknown> | undefined = undefined;
  /** Keys behind those of the base, in their order. */
  appended: Set<string> | undefined = undefined;

  constructor(
    session: Session,
    readonly base: Readonly<Record<string, unknown>>,
    parent: DraftNode | undefined,
    key: string | number,
  ) {
    super(session, parent, key);
  }
}

export class ArrayNode extends DraftNode {
  /** Drafts of elements of the base, by their index there. */
  kids: Map<number, object> | undefined = undefined;
  /** What it has become, where that is not the base's own elements in their order. */
  sequence: Sequence | undefined = undefined;

  constructor(
    session: Session,
    readonly base: readonly unknown[],
    parent: DraftNode | undefined,
    key: string | number,
  ) {
    super(session, parent, key);
  }

  get length(): number {
    return this.sequence === undefined ? this.base.length : this.sequence.length;
  }
}

/** Where a draft keeps its node. Any copy of the package may be asked about the drafts of another one. */
export const NODE = /* @__PURE__ */ Symbol.for('isthmus.draft');

export function nodeOf(value: unknown): ObjectNode | ArrayNode | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as { [NODE]?: ObjectNode | ArrayNode })[NODE];
}

/** Of whichever copy of the package. */
export function isArrayNode(node: ObjectNode | ArrayNode): node is ArrayNode {
  return Array.isArray(node.base);
}

/** Whether a value can be drafted: what is neither an array nor of a class. */
export function isDraftable(value: object): boolean {
  return Array.isArray(value) || isPlainObject(value);
}

export function createDraft(
  session: Session,
  base: object,
  parent: DraftNode | undefined,
  key: string | number,
): object {
  if (Array.isArray(base)) {
    const node = new ArrayNode(session, base, parent, key);
    // A Proxy passes for an array when its target is one.
    return (node.proxy = new Proxy<[ArrayNode]>([node], session.handlers.array));
  }
  const node = new ObjectNode(session, base as Record<string, unknown>, parent, key);
  return (node.proxy = new Proxy(node, session.handlers.object));
}
