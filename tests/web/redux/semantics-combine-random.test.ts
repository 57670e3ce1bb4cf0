import * as isthmus from 'isthmus/redux';
import * as redux from 'redux';
import type { Reducer, UnknownAction } from 'redux';
import { describe, expect, it } from 'vitest';
import { drawing, type Draw } from './drawing.js';
import type { Reducers } from './semantics-makers.js';
import { outcomeOf } from './outcome.js';

type Combine = (reducers: Reducers) => Reducer;
const SYMBOL = Symbol('extra');

/** Answers to some actions with a new state, the same one, NaN, an error, or undefined. */
const moody =
  (key: string): Reducer<unknown, UnknownAction> =>
  (state = key, { type }) => {
    if (type === `change ${key}`) return { of: key };
    if (type === `nan ${key}`) return NaN;
    if (type === `lose ${key}`) return undefined;
    if (type === `throw ${key}`) throw new Error(key);
    return state;
  };

function randomReducers(draw: Draw): Reducers {
  const keys = ['a', 'b', 'c', '1', 'constructor', 'long key'].filter(() => draw(2) === 0);
  return Object.fromEntries(keys.map((key) => [key, moody(key) as Reducer]));
}

function randomAction(draw: Draw, keys: readonly string[]): UnknownAction {
  const types = ['change', 'change', 'change', 'nan', 'lose', 'throw', 'unknown'];
  return { type: `${types[draw(types.length)]!} ${keys[draw(keys.length)]!}` };
}

/** A state from elsewhere: keys missing, others added, in any order, of any prototype. */
function foreignState(draw: Draw, keys: readonly string[]): object {
  const state: Record<string | symbol, unknown> = draw(4) === 0 ? Object.create(null) : {};
  const given = [...keys, 'other'].filter(() => draw(5) > 0);
  if (draw(3) === 0) given.reverse();
  for (const key of given) state[key] = `foreign ${draw(3)}`;
  if (draw(4) === 0) state[SYMBOL] = 1;
  return state;
}

/** All that can be seen of a state but the identity of the object. */
const shape = (state: object) => [
  Object.getPrototypeOf(state) === null,
  Reflect.ownKeys(state).map((key) => [key, state[key as never] as unknown]),
];

describe('combineReducers of isthmus/redux beside Redux’s', () => {
  it.each(Array.from({ length: 40 }, (_, i) => i + 1))('does the same (seed %i)', (seed) => {
    const draw = drawing(seed * 7919);
    const reducers = randomReducers(draw);
    const keys = [...Object.keys(reducers), 'none'];
    const [own, model] = [isthmus, redux].map(({ combineReducers }) =>
      (combineReducers as Combine)(reducers),
    ) as [Reducer, Reducer];
    // Pairs of states that correspond; each combination goes on from its own.
    const states: [object | undefined, object | undefined][] = [[undefined, undefined]];
    for (let step = 0; step < 150; step++) {
      const foreign = foreignState(draw, keys.slice(0, -1));
      const known = draw(4) === 0 ? states[draw(states.length)]! : states.at(-1)!;
      const [ownState, modelState] = draw(6) === 0 ? [foreign, foreign] : known;
      const action = randomAction(draw, keys);
      const result = outcomeOf(() => own(ownState, action));
      const expected = outcomeOf(() => model(modelState, action));
      expect(result.error).toBe(expected.error);
      expect(result.warnings).toEqual(expected.warnings);
      if (expected.error !== undefined) continue;
      const pair = [result.returned, expected.returned] as [object, object];
      expect(shape(pair[0])).toEqual(shape(pair[1]));
      expect(pair[0] === ownState).toBe(pair[1] === modelState);
      states.push(pair);
    }
  });
});
