import type { EXPRESSION } from '../references.js';

declare const meaning: unique symbol;

/**
 * A rule in canonical JSON (JsonLogic), as the engine compiles it. `Meaning` tells the type checker what
 * the rule is made of; of an `Expression` without it nothing is known, and it may stand anywhere.
 */
export interface Expression<out Meaning = unknown> {
  readonly [meaning]?: Meaning;
  readonly [EXPRESSION]: unknown;
}

/** What `var` reads: a root, a dotted path in it, and the type that was stated for it, if any. */
export interface Var<Root extends string, Path extends string, Stated = never> {
  /** The root: `state`, `payload`, `meta`, `item` or `incoming`. */
  readonly var: Root;
  /** The dotted path below the root. */
  readonly path: Path;
  /** The type that was stated; never where none was. */
  readonly stated: Stated;
}

/** A call of an operator, known by the kind of its result. */
export interface Call<Kind extends CallKind, Args extends readonly unknown[]> {
  /** The kind of its result. */
  readonly call: Kind;
  /** Its arguments, as the builder was given them. */
  readonly args: Args;
}

type CallKind = 'comparison' | 'negation' | 'number' | 'and' | 'or';
