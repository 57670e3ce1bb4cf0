import type { Path } from '../base/path.js';

/**
 * What came of a recipe: a value that may refer to parts of the base it was made from. Its size is what the
 * recipe has touched, whatever the size of the base.
 *
 *     primitive          stands for itself
 *     kept               an object or array of the base, as it is
 *     fresh              new plain data that refers to nothing
 *     edited-object      an object of the base: first the keys of `delete` go, then those of `set` are set
 *     edited-array       an array of the base, told anew as ranges of it and lists of parts
 *     new-object, -array new data with references in it
 *
 * A part that ends in several places is the same JavaScript object in each, and has a `number` from 1 on.
 */
export type Part = Primitive | Kept | Fresh | EditedObject | EditedArray | NewObject | NewArray;

export type Primitive = string | number | boolean | null | undefined;

/** Without a path in the base it is only known to be an untouched part of it. */
export interface Kept {
  readonly kind: 'kept';
  readonly base: object;
  readonly path: Path | undefined;
}

export interface Fresh {
  readonly kind: 'fresh';
  readonly value: object;
}

/** A key in both lists has moved to the end. */
export interface EditedObject extends Numbered {
  readonly kind: 'edited-object';
  readonly base: Readonly<Record<string, unknown>>;
  readonly path: Path;
  readonly delete: readonly string[];
  readonly set: ReadonlyMap<string, Part>;
}

export interface EditedArray extends Numbered {
  readonly kind: 'edited-array';
  readonly base: readonly unknown[];
  readonly path: Path;
  readonly pieces: readonly Piece[];
}

/** Elements `from` to before `to` of the base, or what stands in `parts`. */
export type Piece = Range | Parts;

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Parts {
  readonly parts: readonly Element[];
}

export interface NewObject extends Numbered {
  readonly kind: 'new-object';
  readonly value: object;
  readonly members: ReadonlyMap<string, Part>;
}

export interface NewArray extends Numbered {
  readonly kind: 'new-array';
  readonly value: readonly unknown[];
  readonly elements: readonly Element[];
}

/** An index that an array does not have, though it is longer. */
export const HOLE = /* @__PURE__ */ Symbol.for('isthmus.draft.hole');

export type Element = Part | typeof HOLE;

/** 0 while a part stands in one place only. */
export interface Numbered {
  number: number;
}

/** Whether a recipe has left its base as it is. */
export function isUnchanged(part: Part, base: unknown): boolean {
  if (typeof part !== 'object' || part === null) return Object.is(part, base);
  return part.kind === 'kept' && part.base === base;
}
