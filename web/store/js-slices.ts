import type { Action } from 'redux';

import type { JsSlice } from './types.js';

type AnyReducer = (state: unknown, action: Action) => unknown;

/** What one action makes of the JS slices: the changed ones only. */
export type JsChanges = ReadonlyMap<string, unknown>;

/** The slices of one store with ordinary reducers. Their states are never cloned, frozen or encoded. */
export class JsSlices {
  readonly #reducers = new Map<string, AnyReducer>();
  readonly #states = new Map<string, unknown>();

  has(key: string): boolean {
    return this.#reducers.has(key);
  }

  get size(): number {
    return this.#reducers.size;
  }

  get(key: string): unknown {
    return this.#states.get(key);
  }

  inject(slice: JsSlice, preloaded: unknown): void {
    const reducer = slice.reducer as AnyReducer;
    const probe = { type: `@@isthmus/inject/${slice.key}` };
    this.#states.set(slice.key, reduceOne(slice.key, reducer, preloaded, probe));
    this.#reducers.set(slice.key, reducer);
  }

  replace(slice: JsSlice): void {
    this.#reducers.set(slice.key, slice.reducer as AnyReducer);
  }

  remove(key: string): void {
    this.#reducers.delete(key);
    this.#states.delete(key);
  }

  /** Runs the reducers and changes nothing; an exception from one of them passes through. */
  reduce(action: Action): JsChanges {
    const changes = new Map<string, unknown>();
    for (const [key, reducer] of this.#reducers) {
      const state = this.#states.get(key);
      const next = reduceOne(key, reducer, state, action);
      if (next !== state) changes.set(key, next);
    }
    return changes;
  }

  commit(changes: JsChanges): void {
    for (const [key, state] of changes) this.#states.set(key, state);
  }
}

function reduceOne(key: string, reducer: AnyReducer, state: unknown, action: Action): unknown {
  const next = reducer(state, action);
  if (next !== undefined) return next;
  throw new Error(
    `When called with an action of type "${action.type}", the slice reducer for key "${key}" returned undefined. To ignore an action, you must explicitly return the previous state. If you want this reducer to hold no value, you can return null instead of undefined.`,
  );
}
