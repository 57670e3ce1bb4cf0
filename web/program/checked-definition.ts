import { kindOf } from '../base/arguments.js';
import { EngineError } from '../base/errors.js';
import { pointerTo, type Path } from '../base/path.js';
import { isPlainObject } from '../base/plain-object.js';
import { isExpression } from './expressions.js';

/**
 * Refuses what is no definition at all before the engine, which names the places inside the steps, sees
 * it: TypeScript asks for all of this, JavaScript does not.
 *
 * @throws EngineError `invalid-definition` with the place inside the definition.
 */
export function assertDefinition(definition: unknown): void {
  const example = "defineSlice({ name: 'cart', initialState: {}, reducers: {} })";
  if (!isPlainObject(definition)) throw wrong('', `defineSlice takes ${example}`, definition);
  const { name, initialState, reducers, on, prepare, contract } = definition;
  const isNamed = typeof name === 'string' && name !== '';
  if (!isNamed) throw wrong('/name', `a slice has a name: ${example}`, name);
  if (initialState === undefined || typeof initialState === 'function') {
    const wanted = `slice '${name}': 'initialState' is the state to begin with, null if there is none`;
    throw wrong('/initialState', wanted, initialState);
  }
  assertReducers(name, 'reducers', reducers);
  if (on !== undefined) assertReducers(name, 'on', on);
  assertMembers(name, 'prepare', prepare, (member) => typeof member === 'function', 'functions');
  assertMembers(name, 'contract', contract, isPlainObject, 'contracts by action type');
}

/** Of each event a function, or the steps; of each step only that there is one. */
function assertReducers(name: string, field: string, reducers: unknown): void {
  if (!isPlainObject(reducers)) {
    const how = 'inject a Redux reducer as { key, reducer }';
    const wanted = `slice '${name}': '${field}' must be an object of reducers; ${how}`;
    throw wrong(`/${field}`, wanted, reducers);
  }
  for (const [event, steps] of Object.entries(reducers)) {
    if (typeof steps === 'function') continue;
    if (!Array.isArray(steps)) {
      const wanted = `slice '${name}': the reducer '${event}' is a function of a draft and an action, or a list of steps such as [inc('/count')]`;
      throw wrong(pointerTo([field, event]), wanted, steps);
    }
    steps.forEach((step: unknown, i) => {
      assertNoExpression(name, step, [field, event, i]);
      if (isPlainObject(step)) return;
      const wanted = `slice '${name}': each step of '${event}' is made by a call such as inc('/count')`;
      throw wrong(pointerTo([field, event, i]), wanted, step);
    });
  }
}

/** Nor as one of the steps that a step holds. */
function assertNoExpression(name: string, step: unknown, place: Path): void {
  if (isExpression(step)) {
    const message = `slice '${name}': an expression computes a value and is no step: set('/total', ...) writes what it computes`;
    throw new EngineError('invalid-definition', message, pointerTo(place));
  }
  if (!isPlainObject(step)) return;
  for (const [member, steps] of Object.entries(step)) {
    if (!Array.isArray(steps)) continue;
    steps.forEach((each, i) => assertNoExpression(name, each, [...place, member, i]));
  }
}

function assertMembers(
  name: string,
  field: string,
  members: unknown,
  isRight: (member: unknown) => boolean,
  what: string,
): void {
  if (members === undefined) return;
  const wanted = `slice '${name}': '${field}' is an object of ${what}`;
  if (!isPlainObject(members)) throw wrong(`/${field}`, wanted, members);
  for (const [key, member] of Object.entries(members)) {
    if (!isRight(member)) throw wrong(pointerTo([field, key]), wanted, member);
  }
}

function wrong(where: string, wanted: string, given: unknown): EngineError {
  const message = `${wanted}; it was given ${kindOf(given)}`;
  return new EngineError('invalid-definition', message, where);
}
