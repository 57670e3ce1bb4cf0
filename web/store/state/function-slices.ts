import type { Action } from 'redux';

import type { AnyNativeSlice } from '../../api/slice.js';
import { Edited, type EngineStore, type GivenStates } from '../../engine/engine-store.js';
import type { StatesByKey } from './js-slices.js';

/** The native slices of one store with reducers that are functions, which run over what the engine holds. */
export class FunctionSlices {
  readonly #slices = new Map<string, AnyNativeSlice>();
  readonly #native: EngineStore;
  /** States that were read or made since `forget`. */
  readonly #known = new Map<string, unknown>();
  #generation = 0;

  constructor(native: EngineStore) {
    this.#native = native;
  }

  get size(): number {
    return this.#slices.size;
  }

  has(key: string): boolean {
    return this.#slices.has(key);
  }

  /** The slice under a key is this one now, or none with functions. */
  set(key: string, slice: AnyNativeSlice | undefined): void {
    if (slice?.functions === undefined) this.#slices.delete(key);
    else this.#slices.set(key, slice);
    this.#known.delete(key);
  }

  /** Runs the functions of an action's type and changes nothing; what one of them throws passes through. */
  reduce(action: Action, given?: StatesByKey): GivenStates {
    const made: (readonly [string, unknown])[] = [];
    for (const [key, { functions }] of this.#slices) {
      if (given?.has(key) === true) {
        if (given.get(key) !== this.stateOf(key)) made.push([key, given.get(key)]);
      } else if (functions!.has(action.type)) {
        const part = functions!.made(this.stateOf(key), action);
        if (part !== undefined) made.push([key, new Edited(part)]);
      }
    }
    return made;
  }

  /** Those that are given another state, and no reducer runs. */
  given(given: StatesByKey): GivenStates {
    return [...given].filter(([key, state]) => this.has(key) && state !== this.stateOf(key));
  }

  /** The engine may have other states now. */
  forget(): void {
    this.#known.clear();
  }

  /** The engine has these states now. */
  remember(states: GivenStates): void {
    for (const [key, state] of states) {
      if (state instanceof Edited) this.#known.delete(key);
      else this.#known.set(key, state);
    }
  }

  /** By its key. */
  stateOf(key: string): unknown {
    if (this.#generation !== this.#native.generation) this.forget();
    this.#generation = this.#native.generation;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const state = this.#native.read([key]);
    this.#known.set(key, state);
    return state;
  }
}
