import { kindOf, wrongArgument } from '../base/arguments.js';
import { IsthmusError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { isPlainObject } from '../base/plain-object.js';
import { assertData, expression, isExpression } from './expressions.js';
import { iterators, operators } from './operators.js';
import { EXPRESSION } from './references.js';
import type { Expression } from './types/expression.js';
import type { JsonLogic, Rule, RuleResult } from './types/rules.js';

const OPERATORS = /* @__PURE__ */ allOperators();

function allOperators(): ReadonlySet<string> {
  return new Set([...['var', 'literal', 'object'], ...[operators, iterators].flatMap(Object.keys)]);
}

/**
 * An expression from a rule of JsonLogic, with any operator that the engine knows; those that have no builder of
 * their own are `max`, `min`, `cat`, `substr`, `in`, `if`, `map`, `filter`, `reduce` and others. Arguments are
 * rules, expressions of builders, and plain data. Its type is what the operator gives, or is stated: `rule<T>(...)`.
 *
 * @throws IsthmusError `invalid-definition` for an operator that there is not, with its place in the rule and
 * the one that was probably meant; `invalid-argument` for what is neither an operation nor a list.
 *
 * @example
 * ```ts
 * import { payload, rule, set, state } from 'isthmus/program';
 *
 * set('/best', rule({ max: [state('best'), payload('score')] }));
 * set('/names', rule({ map: [{ var: 'payload.users' }, { cat: [{ var: 'first' }, ' ', { var: 'last' }] }] }));
 * ```
 */
export function rule<const Logic extends JsonLogic>(
  logic: Logic,
): Expression<Rule<RuleResult<Logic>>>;
export function rule<Stated>(logic: JsonLogic): Expression<Rule<Stated>>;
export function rule(logic: unknown): Expression<never> {
  const isRule = Array.isArray(logic) || (isPlainObject(logic) && Object.keys(logic).length === 1);
  if (isRule) return expression(checked(logic, ''));
  const wanted = "rule takes one operation such as { max: [{ var: 'state.best' }, 1] }, or a list";
  throw wrongArgument(wanted, logic);
}

/** The rule in canonical JSON. What the engine takes as data is data here. */
function checked(logic: unknown, where: string): unknown {
  if (isExpression(logic)) return logic[EXPRESSION];
  if (Array.isArray(logic)) return logic.map((part, i) => checked(part, `${where}/${i}`));
  const [first, ...others] = isPlainObject(logic) ? Object.entries(logic) : [];
  if (first === undefined || others.length > 0) {
    assertData(logic);
    return logic;
  }
  const [name, argument] = first;
  const place = `${where}/${name}`;
  if (!OPERATORS.has(name)) throw unknownOperator(name, place);
  if (name === 'literal') return logic;
  if (name === 'object') return { object: membersOf(argument, place) };
  return { [name]: checked(argument, place) };
}

function membersOf(argument: unknown, place: string): object {
  if (!isPlainObject(argument)) {
    const message = `rule: 'object' takes an object of expressions (at ${place}); it was given ${kindOf(argument)}`;
    throw new IsthmusError('invalid-definition', message);
  }
  const members = Object.entries(argument);
  return Object.fromEntries(members.map(([key, part]) => [key, checked(part, `${place}/${key}`)]));
}

function unknownOperator(name: string, place: string): IsthmusError {
  const meant = nearest(name, OPERATORS);
  const cure = meant === undefined ? '' : `; did you mean '${meant}'?`;
  const message = `rule: '${name}' is no operator (at ${place})${cure}. Plain data with one member stands in { literal: ... }`;
  return new IsthmusError('invalid-definition', message);
}
