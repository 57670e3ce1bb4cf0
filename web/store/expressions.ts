/** A rule in canonical JSON (JsonLogic), as the engine compiles it. */
export class Expression {
  readonly rule: unknown;

  constructor(rule: unknown) {
    this.rule = rule;
  }

  /** Steps and rules are JSON: an expression stands for its rule. */
  toJSON(): unknown {
    return this.rule;
  }
}

/** The canonical JSON of a builder's argument: an expression's rule, or plain data taken literally. */
export function toRule(value: unknown): unknown {
  if (value instanceof Expression) return value.rule;
  const isScalar = typeof value !== 'object' || value === null;
  return isScalar ? value : { literal: value };
}

function variable(root: string, path = ''): Expression {
  return new Expression({ var: path === '' ? root : `${root}.${path}` });
}

function operation(operator: string, ...args: unknown[]): Expression {
  return new Expression({ [operator]: args.map(toRule) });
}

/**
 * The action's payload, or what is in it at a dotted path; null when it is not there.
 *
 * @example
 * ```ts
 * import { payload, set } from 'isthmus';
 *
 * set('/name', payload('user.name'));
 * ```
 */
export const payload = (path?: string): Expression => variable('payload', path);

/**
 * The action's meta, or what is in it at a dotted path.
 *
 * @example
 * ```ts
 * import { meta, set } from 'isthmus';
 *
 * set('/origin', meta('origin'));
 * ```
 */
export const meta = (path?: string): Expression => variable('meta', path);

/**
 * The slice's state as the earlier steps left it, or what is in it at a dotted path.
 *
 * @example
 * ```ts
 * import { set, state } from 'isthmus';
 *
 * set('/previous', state('current'));
 * ```
 */
export const state = (path?: string): Expression => variable('state', path);

/**
 * The element that a step looks at, in `where` and `onMatch`.
 *
 * @example
 * ```ts
 * import { eq, item, payload, removeWhere } from 'isthmus';
 *
 * removeWhere('/items', eq(item('sku'), payload()));
 * ```
 */
export const item = (path?: string): Expression => variable('item', path);

/**
 * Plain data as it is, whatever it looks like. Builders do this by themselves.
 *
 * @example
 * ```ts
 * import { literal, set } from 'isthmus';
 *
 * set('/filter', literal({ var: 'not an expression' }));
 * ```
 */
export const literal = (value: unknown): Expression => new Expression({ literal: value });

/**
 * An object built from expressions and plain data.
 *
 * @example
 * ```ts
 * import { object, payload, push } from 'isthmus';
 *
 * push('/notes', object({ text: payload('text'), read: false }));
 * ```
 */
export function object(members: Record<string, unknown>): Expression {
  const rules = Object.entries(members).map(([key, value]) => [key, toRule(value)]);
  return new Expression({ object: Object.fromEntries(rules) });
}

/**
 * Strict equality (`===`), as JsonLogic defines it.
 *
 * @example
 * ```ts
 * import { eq, payload, state } from 'isthmus';
 *
 * eq(state('status'), payload('status'));
 * ```
 */
export const eq = (a: unknown, b: unknown): Expression => operation('===', a, b);

/**
 * Strict inequality (`!==`).
 *
 * @example
 * ```ts
 * import { ne, state } from 'isthmus';
 *
 * ne(state('user'), null);
 * ```
 */
export const ne = (a: unknown, b: unknown): Expression => operation('!==', a, b);

/**
 * Less than: numbers as numbers, two strings by their UTF-16 code units.
 *
 * @example
 * ```ts
 * import { lt, state } from 'isthmus';
 *
 * lt(state('qty'), 10);
 * ```
 */
export const lt = (a: unknown, b: unknown): Expression => operation('<', a, b);

/**
 * Less than or equal.
 *
 * @example
 * ```ts
 * import { lte, state } from 'isthmus';
 *
 * lte(state('qty'), 10);
 * ```
 */
export const lte = (a: unknown, b: unknown): Expression => operation('<=', a, b);

/**
 * Greater than.
 *
 * @example
 * ```ts
 * import { gt, state } from 'isthmus';
 *
 * gt(state('qty'), 0);
 * ```
 */
export const gt = (a: unknown, b: unknown): Expression => operation('>', a, b);

/**
 * Greater than or equal.
 *
 * @example
 * ```ts
 * import { gte, state } from 'isthmus';
 *
 * gte(state('qty'), 1);
 * ```
 */
export const gte = (a: unknown, b: unknown): Expression => operation('>=', a, b);

/**
 * The first falsy argument, or the last one.
 *
 * @example
 * ```ts
 * import { and, gt, state } from 'isthmus';
 *
 * and(state('active'), gt(state('qty'), 0));
 * ```
 */
export const and = (...args: unknown[]): Expression => operation('and', ...args);

/**
 * The first truthy argument, or the last one.
 *
 * @example
 * ```ts
 * import { or, payload } from 'isthmus';
 *
 * or(payload('name'), 'anonymous');
 * ```
 */
export const or = (...args: unknown[]): Expression => operation('or', ...args);

/**
 * Whether the argument is falsy. As in JsonLogic an empty array is.
 *
 * @example
 * ```ts
 * import { not, state } from 'isthmus';
 *
 * not(state('items'));
 * ```
 */
export const not = (value: unknown): Expression => operation('!', value);

/**
 * The sum. A result that is not finite cannot be written to a state.
 *
 * @example
 * ```ts
 * import { add, payload, set, state } from 'isthmus';
 *
 * set('/total', add(state('total'), payload('price')));
 * ```
 */
export const add = (...args: unknown[]): Expression => operation('+', ...args);

/**
 * The difference.
 *
 * @example
 * ```ts
 * import { state, sub } from 'isthmus';
 *
 * sub(state('stock'), state('reserved'));
 * ```
 */
export const sub = (a: unknown, b: unknown): Expression => operation('-', a, b);

/**
 * The product.
 *
 * @example
 * ```ts
 * import { item, mul } from 'isthmus';
 *
 * mul(item('price'), item('qty'));
 * ```
 */
export const mul = (...args: unknown[]): Expression => operation('*', ...args);

/**
 * The quotient.
 *
 * @example
 * ```ts
 * import { div, state } from 'isthmus';
 *
 * div(state('sum'), state('count'));
 * ```
 */
export const div = (a: unknown, b: unknown): Expression => operation('/', a, b);

/**
 * The remainder, with the sign of the dividend.
 *
 * @example
 * ```ts
 * import { mod, state } from 'isthmus';
 *
 * mod(state('index'), 2);
 * ```
 */
export const mod = (a: unknown, b: unknown): Expression => operation('%', a, b);
