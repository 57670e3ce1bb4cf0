import type { Action } from 'redux';

import type { AnyNativeSlice, SliceFunctions } from '../../api/slice.js';
import {
  edited,
  type Edited,
  type EngineStore,
  type GivenStates,
} from '../../engine/engine-store.js';
import type { StatesByKey } from './js-slices.js';

const NONE: GivenStates = [];

/** One slice with functions, and its state while that is known. */
interface Held {
  readonly key: string;
  readonly functions: SliceFunctions;
  /** The action types that the engine reduces. */
  readonly stepTypes: ReadonlySet<string>;
  state: unknown;
  isKnown: boolean;
}

/** The native slices of one store with reducers that are functions, which run over what the engine holds. */
export class FunctionSlices {
  readonly #native: EngineStore;
  readonly #slices = new Map<string, Held>();
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
    this.#slices.delete(key);
    if (slice?.functions === undefined) return;
    const { functions, types } = slice;
    const stepTypes = new Set(types.filter((type) => !functions.has(type)));
    this.#slices.set(key, { key, functions, stepTypes, state: undefined, isKnown: false });
  }

  /** Runs the functions of an action's type and changes nothing; what one of them throws passes through. */
  reduce(action: Action, given?: StatesByKey): GivenStates {
    let made: (readonly [string, unknown])[] | undefined;
    for (const held of this.#slices.values()) {
      const isGiven = given?.has(held.key) === true;
      const next = isGiven ? this.#given(held, given) : this.#made(held, action);
      if (next !== undefined) (made ??= []).push([held.key, next]);
    }
    return made ?? NONE;
  }

  #given(held: Held, given: StatesByKey): unknown {
    const state = given.get(held.key);
    return state === this.#stateOf(held) ? undefined : state;
  }

  #made(held: Held, action: Action): Edited | undefined {
    if (!held.functions.has(action.type)) return undefined;
    const part = held.functions.made(this.#stateOf(held), action);
    return part === undefined ? undefined : edited(part);
  }

  /** Those that are given another state, and no reducer runs. */
  given(given: StatesByKey): GivenStates {
    return [...given].filter(([key, state]) => this.has(key) && state !== this.stateOf(key));
  }

  /** The engine may have other states soon: of the slices that it reduces for a type, or of all. */
  forget(type?: string): void {
    for (const held of this.#slices.values()) {
      if (type === undefined || held.stepTypes.has(type)) held.isKnown = false;
    }
  }

  /** The engine may have these soon. */
  forgetGiven(states: GivenStates): void {
    for (const [key] of states) this.#slices.get(key)!.isKnown = false;
  }

  /** The engine has these states now. */
  remember(states: GivenStates, views: readonly unknown[]): void {
    states.forEach(([key], i) => this.#remember(this.#slices.get(key)!, views[i]));
  }

  #remember(held: Held, state: unknown): void {
    held.state = state;
    held.isKnown = true;
  }

  /** By its key. */
  stateOf(key: string): unknown {
    return this.#stateOf(this.#slices.get(key)!);
  }

  #stateOf(held: Held): unknown {
    if (this.#generation !== this.#native.generation) this.forget();
    this.#generation = this.#native.generation;
    if (!held.isKnown) this.#remember(held, this.#native.read([held.key]));
    return held.state;
  }
}
