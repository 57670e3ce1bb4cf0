import { kindOf } from '../base/arguments.js';
import { EngineError } from '../base/errors.js';
import { pointerTo } from '../base/path.js';
import { isPlainObject } from '../base/plain-object.js';

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
  assertSteps(name, 'reducers', reducers);
  if (on !== undefined) assertSteps(name, 'on', on);
  assertMembers(name, 'prepare', prepare, (member) => typeof member === 'function', 'functions');
  assertMembers(name, 'contract', contract, isPlainObject, 'contracts by action type');
}

/** Of each event the steps; of each step only that there is one. */
function assertSteps(name: string, field: string, lists: unknown): void {
  if (!isPlainObject(lists)) {
    const how = 'inject a Redux reducer as { key, reducer }';
    throw wrong(
      `/${field}`,
      `slice '${name}': '${field}' must be an object of step lists; ${how}`,
      lists,
    );
  }
  for (const [event, steps] of Object.entries(lists)) {
    if (!Array.isArray(steps)) {
      throw wrong(pointerTo([field, event]), noSteps(name, event, steps), steps);
    }
    steps.forEach((step: unknown, i) => {
      if (isPlainObject(step)) return;
      const wanted = `slice '${name}': each step of '${event}' is made by a call such as inc('/count')`;
      throw wrong(pointerTo([field, event, i]), wanted, step);
    });
  }
}

function noSteps(name: string, event: string, given: unknown): string {
  const wanted = `slice '${name}': the reducer '${event}' is a list of steps, such as [inc('/count')]`;
  if (typeof given !== 'function') return wanted;
  return `${wanted}; to keep reducers that are functions, inject { key, reducer } or the slice of Redux Toolkit`;
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
