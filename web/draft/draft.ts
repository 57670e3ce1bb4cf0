import { arrayHandler } from './array-draft.js';
import { createDraft, isDraftable, Session } from './node.js';
import { objectHandler } from './object-draft.js';
import type { Part } from './part.js';
import { asynchronous, returnedAndModified } from './refusals.js';
import { Settlement } from './settle.js';

/** A value as a recipe may write to it. */
export type Draft<T> = T extends object
  ? T extends (...given: never[]) => unknown
    ? T
    : { -readonly [K in keyof T]: Draft<T[K]> }
  : T;

const handlers = { object: objectHandler, array: arrayHandler };

const nothingIsKept = (): boolean => false;

/**
 * Gives the recipe a draft of a frozen plain value and says what came of it: what the recipe returned, else
 * what it made of its draft. The base is only read, and only where the recipe reads it. A recipe that throws
 * has changed nothing.
 *
 * `isKept` says whether an object that is no draft is known to be an untouched part of the base: a recipe gets
 * hold of one through `original` or `current`. Without it such a part is gone through as new data is.
 *
 * @throws EngineError `undecodable` with the place of what is no plain data, or contains itself.
 */
export function draft<T>(
  base: T,
  recipe: (draft: Draft<T>) => unknown,
  isKept: (value: object) => boolean = nothingIsKept,
): Part {
  const session = new Session(handlers, isKept);
  const root = typeof base === 'object' && base !== null && isDraftable(base);
  const given = root ? createDraft(session, base, undefined, '') : base;
  try {
    const returned = recipe(given as Draft<T>);
    const result = returned === undefined ? given : returned;
    // As the settlement would say: Toolkit's reducers hear of every action, and touch few.
    if (root && result === given && session.isUntouched) return { kind: 'kept', base, path: [] };
    if (result !== given) assertReturnable(result, session);
    return new Settlement(session).part(result);
  } finally {
    session.isOver = true;
  }
}

function assertReturnable(result: unknown, session: Session): void {
  if (result instanceof Promise) {
    // It fails at the next draft it touches, which is said here.
    result.catch(() => undefined);
    throw asynchronous();
  }
  if (session.hasWritten) throw returnedAndModified();
}
