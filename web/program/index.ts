// The step language: what a reducer is written in that C++ runs without JavaScript. Nothing here has state
// of its own, so each build may hold a copy.

export type { Step } from '../api/contract.js';
export { entityTable, type EntityOptions, type EntityTable } from './entity-table.js';
export {
  add,
  and,
  div,
  eq,
  gt,
  gte,
  incoming,
  item,
  literal,
  lt,
  lte,
  meta,
  mod,
  mul,
  ne,
  not,
  object,
  or,
  payload,
  state,
  sub,
} from './expressions.js';
export { rule } from './rule.js';
export {
  inc,
  insert,
  merge,
  push,
  remove,
  removeWhere,
  reset,
  set,
  unset,
  updateWhere,
  upsert,
  when,
  type StepPath,
  type Upsert,
} from './steps.js';
export type { Call, Expression, Var } from './types/expression.js';
export type { PayloadRef, Place, StateRef } from './types/references.js';
export type { References } from './types/written.js';
export type { JsonLogic, Rule } from './types/rules.js';
export type { TypedStep } from './types/steps.js';
