import type { Action } from 'redux';

import type { JsSlice } from '../../api/slice.js';

type AnyReducer = (state: unknown, action: Action) => unknown;

/** What one action makes of the JS slices: all states, and the keys of those that are other ones. */
export interface JsChanges {
  readonly states: readonly unknown[];
  readonly keys: readonly string[];
}

/** States by key that no reducer is asked for. */
export type StatesByKey = ReadonlyMap<string, unknown>;

/**
 * The slices of one store with ordinary reducers. Their states are never cloned, frozen or encoded. Keys,
 * reducers and states stand side by side, since every action walks all of them.
 */
export class JsSlices {
  /** Whether there is any. */
  isAny = false;
  readonly #places = new Map<string, number>();
  #keys: readonly string[] = [];
  #reducers: readonly AnyReducer[] = [];
  #states: readonly unknown[] = [];

  has(key: string): boolean {
    return this.#places.has(key);
  }

  get(key: string): unknown {
    return this.#states[this.#places.get(key)!];
  }

  inject({ key, reducer }: JsSlice, preloaded: unknown): void {
    const reduce = reducer as AnyReducer;
    const probe = { type: `@@isthmus/inject/${key}` };
    const state = reduceOne(key, reduce, preloaded, probe);
    this.#states = [...this.#states, state];
    this.#reducers = [...this.#reducers, reduce];
    this.#setKeys([...this.#keys, key]);
  }

  replace({ key, reducer }: JsSlice): void {
    this.#reducers = replacedAt(this.#reducers, this.#places.get(key)!, reducer as AnyReducer);
  }

  remove(key: string): void {
    const isLeft = (_: unknown, place: number) => place !== this.#places.get(key);
    this.#reducers = this.#reducers.filter(isLeft);
    this.#states = this.#states.filter(isLeft);
    this.#setKeys(this.#keys.filter(isLeft));
  }

  /**
   * Runs the reducers and changes nothing; undefined when every state stays. An exception from one of
   * them passes through.
   */
  reduce(action: Action, given?: StatesByKey): JsChanges | undefined {
    const before = this.#states;
    const reducers = this.#reducers;
    let states: unknown[] | undefined;
    let keys: string[] = NO_KEYS;
    for (let i = 0; i < reducers.length; i++) {
      const next = given?.has(this.#keys[i]!)
        ? given.get(this.#keys[i]!)
        : reducers[i]!(before[i], action);
      if (next === undefined) throw returnedUndefined(this.#keys[i]!, action);
      if (next === before[i]) continue;
      if (states === undefined) {
        states = before.slice();
        keys = [];
      }
      states[i] = next;
      keys.push(this.#keys[i]!);
    }
    return states && { states, keys };
  }

  /** The change that gives some slices other states. */
  given(given: StatesByKey): JsChanges | undefined {
    const keys = this.#keys.filter((key) => given.has(key) && given.get(key) !== this.get(key));
    if (keys.length === 0) return undefined;
    const states = this.#states.map((state, i) =>
      given.has(this.#keys[i]!) ? given.get(this.#keys[i]!) : state,
    );
    return { states, keys };
  }

  /** The change that gives one slice another state. */
  changeOf(key: string, state: unknown): JsChanges {
    return { states: replacedAt(this.#states, this.#places.get(key)!, state), keys: [key] };
  }

  commit({ states }: JsChanges): void {
    this.#states = states;
  }

  #setKeys(keys: readonly string[]): void {
    this.#keys = keys;
    this.isAny = keys.length > 0;
    this.#places.clear();
    keys.forEach((key, place) => this.#places.set(key, place));
  }
}

const NO_KEYS: string[] = [];

function replacedAt<T>(list: readonly T[], place: number, item: T): readonly T[] {
  return list.map((old, i) => (i === place ? item : old));
}

function reduceOne(key: string, reducer: AnyReducer, state: unknown, action: Action): unknown {
  const next = reducer(state, action);
  if (next === undefined) throw returnedUndefined(key, action);
  return next;
}

function returnedUndefined(key: string, { type }: Action): Error {
  return new Error(
    `When called with an action of type "${type}", the slice reducer for key "${key}" returned undefined. To ignore an action, you must explicitly return the previous state. If you want this reducer to hold no value, you can return null instead of undefined.`,
  );
}
