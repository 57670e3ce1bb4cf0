import type { Step } from '../api/contract.js';
import { wrongArgument } from '../base/arguments.js';
import { canHold, toRule } from './expressions.js';
import { PLACE } from './references.js';
import type { Expression } from './types/expression.js';
import type { PathOf, Place } from './types/references.js';
import type { TypedStep } from './types/steps.js';

/**
 * Where a step works in the slice's state: a JSON Pointer (RFC 6901, `''` is the whole slice), a list of
 * tokens, each a key, an index or an expression, or a reference such as `state.user.name`.
 */
export type StepPath = string | readonly (string | number | Expression)[] | Place;

type PathStep<Op extends string, P> = TypedStep<{ op: Op; path: PathOf<P> }>;
type ValueStep<Op extends string, P, V> = TypedStep<{ op: Op; path: PathOf<P>; value: V }>;

/** The canonical JSON of a path. */
export function location(path: StepPath): unknown {
  if (typeof path === 'string') return path;
  if (Array.isArray(path)) return path.map(toRule);
  if (canHold(path) && PLACE in path) return path[PLACE];
  const wanted =
    "the path of a step is a JSON Pointer such as '/items', '' for the whole state, a list, or a reference to the state";
  throw wrongArgument(wanted, path);
}

/**
 * Writes a value. An object's key may be new, everything above it must exist.
 *
 * @example
 * ```ts
 * import { payload, set } from 'isthmus/program';
 *
 * set(['items', payload('index'), 'name'], payload('name'));
 * ```
 */
export const set = <const P extends StepPath, const V>(
  path: P,
  value: V,
): ValueStep<'set', P, V> => ({
  op: 'set',
  path: location(path),
  value: toRule(value),
});

/**
 * Removes an object's key or an array's element; nothing happens where there is none.
 *
 * @example
 * ```ts
 * import { unset } from 'isthmus/program';
 *
 * unset('/draft');
 * ```
 */
export const unset = <const P extends StepPath>(path: P): PathStep<'unset', P> => ({
  op: 'unset',
  path: location(path),
});

/**
 * Adds to the number at the path, 1 by default.
 *
 * @example
 * ```ts
 * import { inc, payload } from 'isthmus/program';
 *
 * inc('/qty', payload('qty'));
 * ```
 */
export const inc = <const P extends StepPath, const V = 1>(
  path: P,
  value?: V,
): ValueStep<'inc', P, V> => ({
  op: 'inc',
  path: location(path),
  value: value === undefined ? 1 : toRule(value),
});

/**
 * Writes an object's members into the object at the path, one level deep.
 *
 * @example
 * ```ts
 * import { merge, payload } from 'isthmus/program';
 *
 * merge('/preferences', payload());
 * ```
 */
export const merge = <const P extends StepPath, const V>(
  path: P,
  value: V,
): ValueStep<'merge', P, V> => ({
  op: 'merge',
  path: location(path),
  value: toRule(value),
});

/**
 * Appends to the array at the path.
 *
 * @example
 * ```ts
 * import { payload, push } from 'isthmus/program';
 *
 * push('/items', payload());
 * ```
 */
export const push = <const P extends StepPath, const V>(
  path: P,
  value: V,
): ValueStep<'push', P, V> => ({
  op: 'push',
  path: location(path),
  value: toRule(value),
});

/**
 * Inserts before the index that the path ends with.
 *
 * @example
 * ```ts
 * import { insert, payload } from 'isthmus/program';
 *
 * insert('/items/0', payload());
 * ```
 */
export const insert = <const P extends StepPath, const V>(
  path: P,
  value: V,
): ValueStep<'insert', P, V> => ({
  op: 'insert',
  path: location(path),
  value: toRule(value),
});

/**
 * Removes what is at the path, as in JSON Patch (RFC 6902): it must exist.
 *
 * @example
 * ```ts
 * import { payload, remove } from 'isthmus/program';
 *
 * remove(['items', payload('index')]);
 * ```
 */
export const remove = <const P extends StepPath>(path: P): PathStep<'remove', P> => ({
  op: 'remove',
  path: location(path),
});

/**
 * Removes the elements for which the expression over `item` holds.
 *
 * @example
 * ```ts
 * import { eq, item, payload, removeWhere } from 'isthmus/program';
 *
 * removeWhere('/items', eq(item('sku'), payload('sku')));
 * ```
 */
export const removeWhere = <const P extends StepPath, const W extends Expression>(
  path: P,
  where: W,
): TypedStep<{ op: 'removeWhere'; path: PathOf<P>; where: W }> => ({
  op: 'removeWhere',
  path: location(path),
  where: toRule(where),
});

/**
 * Applies steps to the elements for which the expression over `item` holds; their paths are relative to
 * the element. Each element has its turn once, as the array was: its steps may take it away
 * (`[unset('')]`) and insert before it (`[insert('', value)]`), and later steps still mean the element.
 *
 * @example
 * ```ts
 * import { eq, item, payload, set, updateWhere } from 'isthmus/program';
 *
 * updateWhere('/todos', eq(item('id'), payload('id')), [set('/done', true)]);
 * ```
 */
export const updateWhere = <
  const P extends StepPath,
  const W extends Expression,
  const M extends readonly Step[],
>(
  path: P,
  where: W,
  onMatch: M,
): TypedStep<{ op: 'updateWhere'; path: PathOf<P>; where: W; onMatch: M }> => ({
  op: 'updateWhere',
  path: location(path),
  where: toRule(where),
  onMatch,
});

/** What {@link upsert} takes. */
export interface Upsert<
  By extends string = string,
  V = unknown,
  M extends readonly Step[] = readonly Step[],
> {
  /** The key that tells elements apart. */
  readonly by: By;
  /** The element that comes. */
  readonly value: V;
  /** Applied to the element that is there, with paths relative to it. By default the value is merged in. */
  readonly onMatch?: M;
}

/**
 * Updates the first element with the same key as the value, or appends the value.
 *
 * @example
 * ```ts
 * import { inc, payload, upsert } from 'isthmus/program';
 *
 * upsert('/items', { by: 'sku', value: payload(), onMatch: [inc('/qty', payload('qty'))] });
 * ```
 */
export const upsert = <
  const P extends StepPath,
  const By extends string,
  const V,
  const M extends readonly Step[] = readonly [],
>(
  path: P,
  { by, value, onMatch }: Upsert<By, V, M> = {} as never, // whose lack the engine tells
): TypedStep<{ op: 'upsert'; path: PathOf<P>; by: By; value: V; onMatch: M }> => ({
  op: 'upsert',
  path: location(path),
  by,
  value: toRule(value),
  ...(onMatch && { onMatch }),
});

/**
 * Goes back to the initial state, or to what it has at the path.
 *
 * @example
 * ```ts
 * import { reset } from 'isthmus/program';
 *
 * reset();
 * ```
 */
export const reset = <const P extends StepPath = ''>(path?: P): PathStep<'reset', P> => ({
  op: 'reset',
  path: location(path ?? ''),
});

/**
 * Applies steps when the expression is truthy, and others, if given, when it is not.
 *
 * @example
 * ```ts
 * import { payload, set, when } from 'isthmus/program';
 *
 * when(payload('token'), [set('/status', 'ready')], [set('/status', 'loading')]);
 * ```
 */
export const when = <
  const T extends Expression,
  const Then extends readonly Step[],
  const Else extends readonly Step[] = readonly [],
>(
  test: T,
  then: Then,
  otherwise?: Else,
): TypedStep<{ op: 'if'; test: T; then: Then; else: Else }> => ({
  op: 'if',
  test: toRule(test),
  then,
  else: otherwise ?? [],
});
