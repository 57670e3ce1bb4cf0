import { IsthmusError } from '../base/errors.js';
import { EXPRESSION, reference } from './references.js';
import type { Call, Expression, Var } from './types/expression.js';
import type { PayloadRef } from './types/references.js';

/** Steps and rules are JSON: an expression stands for its rule. */
export function expression(rule: unknown): Expression<never> {
  return { [EXPRESSION]: rule, toJSON: () => rule } as Expression<never>;
}

/** References are functions. */
export const canHold = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

export function isExpression(value: unknown): value is Expression {
  return canHold(value) && EXPRESSION in value;
}

/** The canonical JSON of a builder's argument: an expression's rule, or plain data taken literally. */
export function toRule(value: unknown): unknown {
  if (isExpression(value)) return value[EXPRESSION];
  if (typeof value !== 'object' || value === null) return value;
  assertData(value);
  return { literal: value };
}

/** @throws IsthmusError `invalid-definition` for data that holds an expression, which would be stored as data. */
export function assertData(value: unknown, where = '', seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  for (const [key, part] of Object.entries(value)) {
    const place = `${where}/${key}`;
    if (isExpression(part)) {
      const message = `an expression stands in plain data (at ${place}), where it would be stored and not evaluated: build what is around it with object({ ... }) or rule({ ... })`;
      throw new IsthmusError('invalid-definition', message);
    }
    assertData(part, place, seen);
  }
}

type Comparison<A, B> = Expression<Call<'comparison', readonly [A, B]>>;
type Numeric<Args extends readonly unknown[]> = Expression<Call<'number', Args>>;

function variable(root: string, path = ''): Expression<never> {
  return expression({ var: path === '' ? root : `${root}.${path}` });
}

function operation(operator: string, ...args: unknown[]): Expression<never> {
  return expression({ [operator]: args.map(toRule) });
}

/**
 * The action's payload, or what is in it at a dotted path; null when it is not there. Its type comes
 * from where it is written, added, compared or used as a token, or is stated: `payload<T>()` for the
 * whole, whose parts are its members (`payload<T>().user`), `payload<T, 'path'>('path')` for a part.
 *
 * @example
 * ```ts
 * import { payload, set } from 'isthmus/program';
 *
 * set('/name', payload('user.name'));
 * ```
 */
export function payload(): Expression<Var<'payload', ''>>;
export function payload<Stated>(): PayloadRef<Stated>;
export function payload<const Path extends string>(path: Path): Expression<Var<'payload', Path>>;
export function payload<Stated, const Path extends string>(
  path: Path,
): Expression<Var<'payload', Path, Stated>>;
export function payload(path = ''): unknown {
  return path === '' ? reference('payload') : variable('payload', path);
}

/**
 * The action's meta, or what is in it at a dotted path.
 *
 * @example
 * ```ts
 * import { meta, set } from 'isthmus/program';
 *
 * set('/origin', meta('origin'));
 * ```
 */
export const meta = <const Path extends string = ''>(path?: Path): Expression<Var<'meta', Path>> =>
  variable('meta', path);

/**
 * The slice's state as the earlier steps left it, or what is in it at a dotted path.
 *
 * @example
 * ```ts
 * import { set, state } from 'isthmus/program';
 *
 * set('/previous', state('current'));
 * ```
 */
export const state = <const Path extends string = ''>(
  path?: Path,
): Expression<Var<'state', Path>> => variable('state', path);

/**
 * The element that a step looks at, in `where` and `onMatch`.
 *
 * @example
 * ```ts
 * import { eq, item, payload, removeWhere } from 'isthmus/program';
 *
 * removeWhere('/items', eq(item('sku'), payload()));
 * ```
 */
export const item = <const Path extends string = ''>(path?: Path): Expression<Var<'item', Path>> =>
  variable('item', path);

/**
 * What an upsert brings, in the steps that it applies to what is there: the value of `upsert` and
 * `upsertOne`, each entity of `upsertMany` in its turn.
 *
 * @example
 * ```ts
 * import { entityTable, inc, incoming } from 'isthmus/program';
 *
 * entityTable('/products').upsertMany({ onMatch: [inc('/stock', incoming('stock'))] });
 * ```
 */
export const incoming = <const Path extends string = ''>(
  path?: Path,
): Expression<Var<'incoming', Path>> => variable('incoming', path);

/**
 * Plain data as it is, whatever it looks like. Builders do this by themselves.
 *
 * @example
 * ```ts
 * import { literal, set } from 'isthmus/program';
 *
 * set('/filter', literal({ var: 'not an expression' }));
 * ```
 */
export const literal = <const Value>(value: Value): Expression<{ readonly literal: Value }> =>
  expression({ literal: value });

/**
 * An object built from expressions and plain data.
 *
 * @example
 * ```ts
 * import { object, payload, push } from 'isthmus/program';
 *
 * push('/notes', object({ text: payload('text'), read: false }));
 * ```
 */
export function object<const Members extends Record<string, unknown>>(
  members: Members,
): Expression<{ readonly object: Members }> {
  const rules = Object.entries(members).map(([key, value]) => [key, toRule(value)]);
  return expression({ object: Object.fromEntries(rules) });
}

/**
 * Strict equality (`===`), as JsonLogic defines it.
 *
 * @example
 * ```ts
 * import { eq, payload, state } from 'isthmus/program';
 *
 * eq(state('status'), payload('status'));
 * ```
 */
export const eq = <const A, const B>(a: A, b: B): Comparison<A, B> => operation('===', a, b);

/**
 * Strict inequality (`!==`).
 *
 * @example
 * ```ts
 * import { ne, state } from 'isthmus/program';
 *
 * ne(state('user'), null);
 * ```
 */
export const ne = <const A, const B>(a: A, b: B): Comparison<A, B> => operation('!==', a, b);

/**
 * Less than: numbers as numbers, two strings by their UTF-16 code units.
 *
 * @example
 * ```ts
 * import { lt, state } from 'isthmus/program';
 *
 * lt(state('qty'), 10);
 * ```
 */
export const lt = <const A, const B>(a: A, b: B): Comparison<A, B> => operation('<', a, b);

/**
 * Less than or equal.
 *
 * @example
 * ```ts
 * import { lte, state } from 'isthmus/program';
 *
 * lte(state('qty'), 10);
 * ```
 */
export const lte = <const A, const B>(a: A, b: B): Comparison<A, B> => operation('<=', a, b);

/**
 * Greater than.
 *
 * @example
 * ```ts
 * import { gt, state } from 'isthmus/program';
 *
 * gt(state('qty'), 0);
 * ```
 */
export const gt = <const A, const B>(a: A, b: B): Comparison<A, B> => operation('>', a, b);

/**
 * Greater than or equal.
 *
 * @example
 * ```ts
 * import { gte, state } from 'isthmus/program';
 *
 * gte(state('qty'), 1);
 * ```
 */
export const gte = <const A, const B>(a: A, b: B): Comparison<A, B> => operation('>=', a, b);

/**
 * The first falsy argument, or the last one.
 *
 * @example
 * ```ts
 * import { and, gt, state } from 'isthmus/program';
 *
 * and(state('active'), gt(state('qty'), 0));
 * ```
 */
export const and = <const Args extends readonly unknown[]>(
  ...args: Args
): Expression<Call<'and', Args>> => operation('and', ...args);

/**
 * The first truthy argument, or the last one.
 *
 * @example
 * ```ts
 * import { or, payload } from 'isthmus/program';
 *
 * or(payload('name'), 'anonymous');
 * ```
 */
export const or = <const Args extends readonly unknown[]>(
  ...args: Args
): Expression<Call<'or', Args>> => operation('or', ...args);

/**
 * Whether the argument is falsy. As in JsonLogic an empty array is.
 *
 * @example
 * ```ts
 * import { not, state } from 'isthmus/program';
 *
 * not(state('items'));
 * ```
 */
export const not = <const Value>(value: Value): Expression<Call<'negation', readonly [Value]>> =>
  operation('!', value);

/**
 * The sum. A result that is not finite cannot be written to a state.
 *
 * @example
 * ```ts
 * import { add, payload, set, state } from 'isthmus/program';
 *
 * set('/total', add(state('total'), payload('price')));
 * ```
 */
export const add = <const Args extends readonly unknown[]>(...args: Args): Numeric<Args> =>
  operation('+', ...args);

/**
 * The difference.
 *
 * @example
 * ```ts
 * import { state, sub } from 'isthmus/program';
 *
 * sub(state('stock'), state('reserved'));
 * ```
 */
export const sub = <const A, const B>(a: A, b: B): Numeric<readonly [A, B]> => operation('-', a, b);

/**
 * The product.
 *
 * @example
 * ```ts
 * import { item, mul } from 'isthmus/program';
 *
 * mul(item('price'), item('qty'));
 * ```
 */
export const mul = <const Args extends readonly unknown[]>(...args: Args): Numeric<Args> =>
  operation('*', ...args);

/**
 * The quotient.
 *
 * @example
 * ```ts
 * import { div, state } from 'isthmus/program';
 *
 * div(state('sum'), state('count'));
 * ```
 */
export const div = <const A, const B>(a: A, b: B): Numeric<readonly [A, B]> => operation('/', a, b);

/**
 * The remainder, with the sign of the dividend.
 *
 * @example
 * ```ts
 * import { mod, state } from 'isthmus/program';
 *
 * mod(state('index'), 2);
 * ```
 */
export const mod = <const A, const B>(a: A, b: B): Numeric<readonly [A, B]> => operation('%', a, b);
