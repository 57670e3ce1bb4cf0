import type { Action } from 'redux';

import { draft, type Draft } from '../draft/draft.js';
import { isUnchanged, type Part } from '../draft/part.js';
import type { EngineAction } from '../engine/action.js';
import { requireEngine } from '../engine/load.js';
import type { SliceAction } from './action-creator.js';

/**
 * A reducer that is a function: it writes to its draft of the state, or returns another state. The draft and the
 * action are only to be used while it runs.
 */
export type FunctionReducer<State> = {
  // Methods accept functions that ask for a narrower action.
  reduce(state: Draft<State>, action: SliceAction): State | Draft<State> | void;
}['reduce'];

/** Of a draft of the state and an action; what Redux Toolkit makes is one, too. */
export type Recipe = (state: never, action: never) => unknown;

/** Asks a reducer for its initial state. */
export const NOTHING: EngineAction = { type: '@@isthmus/initial' };

/** What a recipe makes of a state; undefined where it leaves that as it is. */
export function madeBy(recipe: Recipe, state: unknown, action: Action): Part | undefined {
  const part = draft(state, (writable) => recipe(writable as never, action as never));
  return isUnchanged(part, state) ? undefined : part;
}

/** A pure Redux reducer over the engine's states: what the recipe makes of one is made in the engine. */
export function reducerOf(
  definitionId: () => number,
  recipe: Recipe,
): (state: unknown, action: Action) => unknown {
  return (state, action) => {
    const engine = requireEngine();
    const base = state === undefined ? engine.reduce(definitionId(), undefined, NOTHING) : state;
    const part = madeBy(recipe, base, action);
    return part === undefined ? base : engine.edit(definitionId(), base, part);
  };
}
