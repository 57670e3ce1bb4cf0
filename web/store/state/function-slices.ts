import type { Action } from 'redux';

import type { AnyNativeSlice } from '../../api/slice.js';
import type { GivenStates } from './js-slices.js';

/** Other states of some slices, by key. */
export type MadeStates = readonly (readonly [key: string, state: unknown])[];

const NONE: MadeStates = [];

type AnyReducer = (state: unknown, action: Action) => unknown;

/** The native slices of one store with reducers that are functions, which run over what the engine holds. */
export class FunctionSlices {
  /** Whether there is any. */
  isAny = false;
  readonly #slices = new Map<string, AnyNativeSlice>();
  readonly #stateOf: (key: string) => unknown;

  constructor(stateOf: (key: string) => unknown) {
    this.#stateOf = stateOf;
  }

  has(key: string): boolean {
    return this.#slices.has(key);
  }

  /** The slice under a key is this one now, or none with functions. */
  set(key: string, slice: AnyNativeSlice | undefined): void {
    if (slice?.functions === undefined) this.#slices.delete(key);
    else this.#slices.set(key, slice);
    this.isAny = this.#slices.size > 0;
  }

  /** Runs the functions of an action's type and changes nothing; what one of them throws passes through. */
  reduce(action: Action, given?: GivenStates): MadeStates {
    if (!this.isAny) return NONE;
    const made: (readonly [string, unknown])[] = [];
    for (const [key, { functions, reducer }] of this.#slices) {
      const isGiven = given?.has(key) === true;
      if (!isGiven && !functions!.has(action.type)) continue;
      const state = this.#stateOf(key);
      const next = isGiven ? given.get(key) : (reducer as AnyReducer)(state, action);
      if (next !== state) made.push([key, next]);
    }
    return made;
  }

  /** Those that are given another state, and no reducer runs. */
  given(given: GivenStates): MadeStates {
    if (!this.isAny) return NONE;
    return [...given].filter(([key, state]) => this.has(key) && state !== this.#stateOf(key));
  }
}
