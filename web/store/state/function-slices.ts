import type { Action } from 'redux';

import type { AnyNativeSlice, SliceFunctions } from '../../api/slice.js';
import { Edited, type EngineStore, type GivenStates } from '../../engine/engine-store.js';
import type { StatesByKey } from './js-slices.js';

const NONE: GivenStates = [];

/** One slice with functions, and its state where that was read. */
interface Held {
  readonly key: string;
  readonly functions: SliceFunctions;
  state: unknown;
  /** Of `state`; it is another one once the engine may have other states. */
  version: number;
}

/** The native slices of one store with reducers that are functions, which run over what the engine holds. */
export class FunctionSlices {
  readonly #native: EngineStore;
  #slices: readonly Held[] = [];
  #version = 0;
  #generation = 0;

  constructor(native: EngineStore) {
    this.#native = native;
  }

  get size(): number {
    return this.#slices.length;
  }

  has(key: string): boolean {
    return this.#slices.some((held) => held.key === key);
  }

  /** The slice under a key is this one now, or none with functions. */
  set(key: string, slice: AnyNativeSlice | undefined): void {
    this.#slices = this.#slices.filter((held) => held.key !== key);
    if (slice?.functions === undefined) return;
    const held = { key, functions: slice.functions, state: undefined, version: -1 };
    this.#slices = [...this.#slices, held];
  }

  /** Runs the functions of an action's type and changes nothing; what one of them throws passes through. */
  reduce(action: Action, given?: StatesByKey): GivenStates {
    let made: (readonly [string, unknown])[] | undefined;
    for (const held of this.#slices) {
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
    return part === undefined ? undefined : new Edited(part);
  }

  /** Those that are given another state, and no reducer runs. */
  given(given: StatesByKey): GivenStates {
    return [...given].filter(([key, state]) => this.has(key) && state !== this.stateOf(key));
  }

  /** The engine may have other states now. */
  forget(): void {
    this.#version += 1;
  }

  /** The engine has these states now. */
  remember(states: GivenStates, views: readonly unknown[]): void {
    for (let i = 0; i < views.length; i++) {
      const held = this.#find(states[i]![0]);
      held.state = views[i];
      held.version = this.#version;
    }
  }

  #find(key: string): Held {
    return this.#slices.find((held) => held.key === key)!;
  }

  /** By its key. */
  stateOf(key: string): unknown {
    return this.#stateOf(this.#find(key));
  }

  #stateOf(held: Held): unknown {
    if (this.#generation !== this.#native.generation) this.forget();
    this.#generation = this.#native.generation;
    if (held.version !== this.#version) {
      held.state = this.#native.read([held.key]);
      held.version = this.#version;
    }
    return held.state;
  }
}
