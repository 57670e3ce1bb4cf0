import { IsthmusError } from 'isthmus';
import type { Action, Reducer } from 'redux';

import { isHydrate, type HydrateAction } from '../store/action.js';

type States = Readonly<Record<string, unknown>>;

/** What the states of a grown store are made of: the root reducer's own, and those of added slices. */
interface Parts {
  readonly own: unknown;
  readonly added: States;
}

interface AddedSlice {
  reducer: Reducer;
  readonly preloaded: unknown;
}

/** An action on its way to the reducers. */
interface Expected {
  readonly action: object;
  isTaken: boolean;
}

/**
 * A root reducer to which slices can be added. It stays a pure function of state and action, so that a
 * state may come back (time travel) or come from elsewhere (import); it then is told apart by its keys.
 */
export class RootReducer {
  readonly #slices = new Map<string, AddedSlice>();
  readonly #parts = new WeakMap<object, Parts>();
  #own: Reducer;
  #hasGrown = false;
  #expected: Expected | undefined;

  constructor(own: Reducer) {
    this.#own = own;
  }

  readonly reduce = (state: unknown, action: Action): unknown => {
    const next =
      this.#hasGrown || isHydrate(action)
        ? this.#reduceParts(state, action)
        : this.#own(state, action);
    if (this.#expected?.action === action) this.#expected.isTaken = true;
    return next;
  };

  /** From now on it is noted whether the reducers take the action; tells, and ends that. */
  expect(action: object): () => boolean {
    const outer = this.#expected;
    const expected = { action, isTaken: false };
    this.#expected = expected;
    return () => {
      this.#expected = outer;
      return expected.isTaken;
    };
  }

  replaceOwn(reducer: Reducer): void {
    this.#own = reducer;
  }

  add(key: string, reducer: Reducer, preloaded: unknown): void {
    this.#slices.set(key, { reducer, preloaded });
    this.#hasGrown = true;
  }

  replace(key: string, reducer: Reducer): void {
    this.#slices.get(key)!.reducer = reducer;
  }

  remove(key: string): void {
    this.#slices.delete(key);
  }

  #reduceParts(state: unknown, action: Action): unknown {
    const before = this.#split(state);
    const { own, added } = isHydrate(action) ? this.#hydrated(before, action) : before;
    const next = { own: this.#own(own, action), added: this.#reduceAdded(added, action) };
    const isSame = next.own === before.own && next.added === before.added;
    return isSame ? state : this.#join(next);
  }

  #split(state: unknown): Parts {
    if (!isObject(state)) return { own: state, added: {} };
    const known = this.#parts.get(state);
    if (known !== undefined) return known;
    const entries = Object.entries(state);
    const isAdded = ([key]: [string, unknown]) => this.#slices.has(key);
    if (!entries.some(isAdded)) return { own: state, added: {} };
    const own = Object.fromEntries(entries.filter((entry) => !isAdded(entry)));
    return { own, added: Object.fromEntries(entries.filter(isAdded)) };
  }

  #reduceAdded(before: States, action: Action): States {
    const after: Record<string, unknown> = {};
    let isSame = Object.keys(before).length === this.#slices.size;
    for (const [key, { reducer, preloaded }] of this.#slices) {
      const state = before[key];
      const next: unknown = reducer(state === undefined ? preloaded : state, action);
      if (next === undefined) throw returnedUndefined(key, action);
      after[key] = next;
      isSame &&= next === state;
    }
    return isSame ? before : after;
  }

  #hydrated({ own, added }: Parts, { payload: { key, snapshot } }: HydrateAction): Parts {
    if (this.#slices.has(key)) return { own, added: { ...added, [key]: snapshot } };
    if (isObject(own) && Object.hasOwn(own, key))
      return { own: { ...own, [key]: snapshot }, added };
    throw new IsthmusError(
      'slice-missing',
      `there is no slice '${key}' to hydrate: inject it first`,
    );
  }

  #join(parts: Parts): unknown {
    const { own, added } = parts;
    if (Object.keys(added).length === 0) return own;
    const root = { ...(own as object), ...added };
    this.#parts.set(root, parts);
    return root;
  }
}

function isObject(state: unknown): state is object {
  return typeof state === 'object' && state !== null;
}

function returnedUndefined(key: string, { type }: Action): Error {
  return new Error(
    `The reducer of the slice '${key}' returned undefined for the action '${type}': return the state as it is to ignore an action, or null to hold no value.`,
  );
}
