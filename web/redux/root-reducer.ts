import { IsthmusError } from 'isthmus';
import type { Action, Reducer } from 'redux';

import { isPlainObject } from '../base/plain-object.js';
import { isHydrate, type HydrateAction } from '../store/state/hydrate-action.js';

/** Without inherited members, since a slice may have any name. */
type States = Readonly<Record<string, unknown>>;

/** What the states of a grown store are made of: the root reducer's own, and those of added slices. */
interface Parts {
  readonly own: unknown;
  readonly added: States;
}

interface AddedSlice {
  reducer: Reducer;
  readonly preloaded: unknown;
  /** Whether `expect` tells its states. */
  isGiven: boolean;
}

/** An action on its way to the reducers. */
interface Expected {
  readonly action: object;
  readonly onTaken: OnTaken;
}

/** Returns the states of the slices that are given, if any are. */
type OnTaken = () => States | undefined;

const NONE = /* @__PURE__ */ statesOf([]);

/**
 * A root reducer to which slices can be added. It stays a pure function of state and action, so that a
 * state may come back (time travel) or come from elsewhere (import); it then is told apart by its keys.
 * An action that was given states with gives the same ones whenever it is replayed.
 */
export class RootReducer {
  readonly #slices = new Map<string, AddedSlice>();
  readonly #parts = new WeakMap<object, Parts>();
  /** By action, the given states that were other ones after it. */
  readonly #given = new WeakMap<object, States>();
  /** Keys of added slices that the root reducer has, too, as far as they were reported. */
  readonly #hidden = new Set<string>();
  #own: Reducer;
  #hasGrown = false;
  #expected: Expected | undefined;

  constructor(own: Reducer) {
    this.#own = own;
  }

  readonly reduce = (state: unknown, action: Action): unknown => {
    if (this.#hasGrown || isHydrate(action)) return this.#reduceParts(state, action);
    const next = this.#own(state, action);
    if (this.#expects(action)) this.#take();
    return next;
  };

  /**
   * Calls back once, when all other reducers have taken the action, until what this returns is called. What
   * is thrown there leaves the state as it was.
   */
  expect(action: object, onTaken: OnTaken): () => void {
    const outer = this.#expected;
    this.#expected = { action, onTaken };
    return () => void (this.#expected = outer);
  }

  #expects(action: object): boolean {
    return this.#expected?.action === action;
  }

  /** An enhancer may run the reducers on it again. */
  #take(): States | undefined {
    const { onTaken } = this.#expected!;
    this.#expected = undefined;
    return onTaken();
  }

  /** Whether the root reducer has a state under this key, and not one that came from elsewhere. */
  owns(key: string, state: unknown): boolean {
    const { own } = this.#split(state);
    return hasMember(own, key) && hasMember(this.#own(own, { type: '@@isthmus/probe' }), key);
  }

  replaceOwn(reducer: Reducer): void {
    this.#own = reducer;
  }

  add(key: string, reducer: Reducer, preloaded: unknown): void {
    this.#slices.set(key, { reducer, preloaded, isGiven: false });
    this.#hasGrown = true;
  }

  /** Whether the slice's states are given from now on; its reducer then makes those of unknown actions only. */
  setGiven(key: string, isGiven: boolean): void {
    this.#slices.get(key)!.isGiven = isGiven;
  }

  replace(key: string, reducer: Reducer): void {
    this.#slices.get(key)!.reducer = reducer;
  }

  remove(key: string): void {
    this.#slices.delete(key);
    this.#hidden.delete(key);
  }

  #reduceParts(state: unknown, action: Action): unknown {
    const before = this.#split(state);
    const { own, added } = isHydrate(action) ? this.#hydrated(before, action) : before;
    const nextOwn = this.#own(own, action);
    this.#assertRoom(nextOwn);
    const next = { own: nextOwn, added: this.#reduceAdded(added, action) };
    if (next.own !== before.own) this.#reportHidden(next.own);
    const isSame = next.own === before.own && next.added === before.added;
    return isSame ? state : this.#join(next);
  }

  #split(state: unknown): Parts {
    if (!isObject(state)) return { own: state, added: statesOf([]) };
    const known = this.#parts.get(state);
    if (known !== undefined) return known;
    const entries = Object.entries(state);
    const isAdded = ([key]: [string, unknown]) => this.#slices.has(key);
    if (!entries.some(isAdded)) return { own: state, added: statesOf([]) };
    const own = Object.fromEntries(entries.filter((entry) => !isAdded(entry)));
    return { own, added: statesOf(entries.filter(isAdded)) };
  }

  #reduceAdded(before: States, action: Action): States {
    const isKnown = this.#expects(action) || this.#given.has(action);
    const after = statesOf([]);
    let isSame = Object.keys(before).length === this.#slices.size;
    for (const [key, slice] of this.#slices) {
      const state = before[key];
      const stays = slice.isGiven && isKnown && state !== undefined;
      after[key] = stays ? state : reduceOne(key, slice, state, action);
      isSame &&= after[key] === state;
    }
    const given = this.#givenBy(action, before);
    for (const key in given) {
      if (this.#slices.get(key)?.isGiven !== true) continue;
      after[key] = given[key];
      isSame &&= given[key] === before[key];
    }
    return isSame ? before : after;
  }

  /** Asks, where the action is expected, once the others have taken it; one that is refused gives nothing. */
  #givenBy(action: Action, before: States): States {
    if (!this.#expects(action)) return this.#given.get(action) ?? NONE;
    this.#given.set(action, NONE);
    const states = this.#take();
    if (states === undefined) return NONE;
    const isOther = ([key, state]: [string, unknown]) => state !== before[key];
    const given = statesOf(Object.entries(states).filter(isOther));
    this.#given.set(action, given);
    return given;
  }

  #hydrated({ own, added }: Parts, { payload: { key, snapshot } }: HydrateAction): Parts {
    if (this.#slices.has(key))
      return { own, added: statesOf([...Object.entries(added), [key, snapshot]]) };
    return hasMember(own, key) ? { own: { ...own, [key]: snapshot }, added } : { own, added };
  }

  /** As when the root reducer was replaced by one that has grown. */
  #reportHidden(own: unknown): void {
    for (const key of this.#slices.keys()) {
      if (!hasMember(own, key) || this.#hidden.has(key)) continue;
      this.#hidden.add(key);
      console.warn(
        `isthmus: the root reducer now has a slice '${key}', which hides behind the injected one: rename one of them.`,
      );
    }
  }

  #assertRoom(own: unknown): void {
    const [first] = this.#slices.keys();
    if (first === undefined || own === undefined || own === null || isPlainObject(own)) return;
    throw noRoom(first);
  }

  #join(parts: Parts): unknown {
    const { own, added } = parts;
    if (Object.keys(added).length === 0) return own;
    const root = { ...(own as object), ...added };
    this.#parts.set(root, parts);
    return root;
  }
}

function reduceOne(
  key: string,
  { reducer, preloaded }: AddedSlice,
  state: unknown,
  action: Action,
): unknown {
  const next: unknown = reducer(state === undefined ? preloaded : state, action);
  if (next === undefined) throw returnedUndefined(key, action);
  return next;
}

function isObject(state: unknown): state is object {
  return typeof state === 'object' && state !== null;
}

function hasMember(state: unknown, key: string): state is object {
  return isObject(state) && Object.hasOwn(state, key);
}

function statesOf(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const states = Object.create(null) as Record<string, unknown>;
  for (const [key, state] of entries) states[key] = state;
  return states;
}

function noRoom(key: string): IsthmusError {
  const message = `the slice '${key}' finds no place in the state of this store, which is no plain object: let the root reducer return one, as combineReducers does`;
  return new IsthmusError('store-setup', message);
}

function returnedUndefined(key: string, { type }: Action): Error {
  return new Error(
    `The reducer of the slice '${key}' returned undefined for the action '${type}': return the state as it is to ignore an action, or null to hold no value.`,
  );
}
