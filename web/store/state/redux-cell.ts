import type { Action, Reducer } from 'redux';

import type { CrossingPort } from '../../api/crossing-port.js';
import { keyOf, type AnySlice } from '../../api/slice.js';
import type { AnyState } from '../../api/store.js';
import { IsthmusError } from '../../base/errors.js';
import { callSafely, reportLater } from '../../base/listeners.js';
import { readBelow, type Path } from '../../base/path.js';
import { loadedEngine } from '../../engine/load.js';
import { Watches } from '../watch/watches.js';
import { isHydrate } from './hydrate-action.js';
import type { StateCell } from './state-cell.js';

/** A Redux store whose root reducer can take in slices. */
export interface JoinedStore {
  getState(): unknown;
  subscribe(listener: () => void): () => void;
  /** The outermost dispatch. */
  dispatch(action: unknown): unknown;
  /** What follows the last middleware. */
  reduce(action: unknown): unknown;
  /** Tells when the reducers have taken the action, until what this returns is called. */
  expect(action: object, onTaken: () => void): () => void;
  /** Whether the root reducer has a slice of its own under this key. */
  owns(key: string): boolean;
  /** The next action makes the slice's state of `preloaded`. */
  addReducer(key: string, reducer: Reducer, preloaded: unknown): void;
  replaceReducer(key: string, reducer: Reducer): void;
  /** The next action removes the slice's state. */
  removeReducer(key: string): void;
}

/**
 * The cell of a Redux store that was made elsewhere: native slices run as its reducers, over views. What
 * has changed is found by comparing references along the watched paths, since its state may also jump.
 */
export class ReduxCell implements StateCell {
  readonly #joined: JoinedStore;
  readonly #crossing: CrossingPort;
  readonly #preloaded: Map<string, unknown>;
  readonly #added = new Set<string>();
  readonly #watches: Watches;
  #listening = 0;
  /** While there are watchers: the state they know, and how to stop listening for them. */
  #seen: unknown;
  #stop: (() => void) | undefined;

  constructor(joined: JoinedStore, preloadedState: AnyState = {}, crossing: CrossingPort) {
    this.#joined = joined;
    this.#crossing = crossing;
    this.#preloaded = new Map(Object.entries(preloadedState));
    this.#watches = new Watches({
      read: (path) => readBelow(joined.getState(), path, 0),
      js: { has: (key) => this.has(key) },
      native: noWatches(),
    });
  }

  get listening(): number {
    return this.#listening;
  }

  get watching(): number {
    return this.#watches.size;
  }

  shortcut(): undefined {
    return undefined;
  }

  readonly getState = (): AnyState => this.#joined.getState() as AnyState;

  readonly subscribe = (listener: () => void): (() => void) => {
    const unsubscribe = this.#joined.subscribe(listener);
    let isSubscribed = true;
    this.#listening += 1;
    return () => {
      unsubscribe();
      if (isSubscribed) this.#listening -= 1;
      isSubscribed = false;
    };
  };

  /** What is no action is Redux's to refuse; it has no place on the bridge. */
  dispatch(action: unknown): unknown {
    if (isHydrate(action)) this.#assertThere(action.payload.key);
    const slot = this.#crossing.reserve(action as Action);
    const forget = slot && this.#joined.expect(action as Action, () => slot.fulfil());
    const { nesting } = this.#crossing;
    nesting.depth += 1;
    try {
      return this.#joined.reduce(action);
    } finally {
      nesting.depth -= 1;
      forget?.();
      if (nesting.depth === 0 && nesting.slots.length > 0) this.#crossing.settled();
    }
  }

  /** Redux itself tells whether a reducer runs, by refusing to be read. */
  assertIdle(message: string): void {
    try {
      this.#joined.getState();
    } catch {
      throw new Error(message);
    }
  }

  has(key: string): boolean {
    const state = this.#joined.getState();
    return isObject(state) && Object.hasOwn(state, key);
  }

  foundKeys(): readonly string[] {
    return Object.keys(this.getState() ?? {}).filter((key) => !this.#added.has(key));
  }

  isNative(key: string): boolean {
    return loadedEngine()?.isView(this.getState()[key]) ?? false;
  }

  inject(slice: AnySlice): void {
    const key = keyOf(slice);
    if (slice.converge !== undefined) throw cannotConverge(key);
    if (this.#joined.owns(key)) throw alreadyThere(key);
    this.#joined.addReducer(key, slice.reducer as Reducer, this.#preloaded.get(key));
    try {
      this.#announce('inject', key);
    } catch (error) {
      this.#joined.removeReducer(key);
      throw error;
    }
    this.#added.add(key);
    this.#preloaded.delete(key);
  }

  replace(slice: AnySlice): void {
    this.#joined.replaceReducer(keyOf(slice), slice.reducer as Reducer);
  }

  whenShared(): boolean {
    return false;
  }

  endConverging(): void {
    // None does here.
  }

  remove(key: string): void {
    this.#joined.removeReducer(key);
    this.#added.delete(key);
    this.#announce('remove', key);
  }

  read(path: Path): unknown {
    return this.#watches.read(path);
  }

  watch(path: Path, listener: () => void): () => void {
    if (this.#stop === undefined) {
      this.#seen = this.#joined.getState();
      this.#stop = this.#joined.subscribe(() => this.#notify());
    }
    const remove = this.#watches.add(path, listener);
    return () => {
      remove();
      if (this.#watches.size === 0) this.#stopListening();
    };
  }

  dispose(): void {
    this.#stopListening();
    this.#watches.forget();
  }

  #stopListening(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** The reducers cannot refuse a snapshot, since they also replay old ones, whose slices may be gone. */
  #assertThere(key: string): void {
    if (this.has(key)) return;
    const message = `there is no slice '${key}' to hydrate: inject it first`;
    throw new IsthmusError('slice-missing', message);
  }

  /** Once it is done, an error is a listener's, which cannot undo it. */
  #announce(what: string, key: string): void {
    const action = { type: `@@isthmus/${what}/${key}` };
    let isDone = false;
    const forget = this.#joined.expect(action, () => (isDone = true));
    try {
      this.#joined.reduce(action);
    } catch (error) {
      if (!isDone) throw error;
      reportLater(error);
    } finally {
      forget();
    }
  }

  /** Redux ends a dispatch at the first listener that throws, so what these throw is reported. */
  #notify(): void {
    const state = this.#joined.getState();
    if (state === this.#seen) return;
    this.#seen = state;
    const errors: unknown[] = [];
    const jsKeys = this.#watches.keys();
    callSafely(errors, () => this.#watches.notify({ watches: [], jsKeys }, errors));
    errors.forEach(reportLater);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Where no slice is the engine's, its watches are numbers only. */
function noWatches() {
  let last = 0;
  return {
    has: () => false,
    watch: () => ++last,
    unwatch: () => undefined,
    readWatched: () => undefined,
  };
}

function alreadyThere(key: string): IsthmusError {
  const message = `the root reducer of this store has a slice '${key}' already: rename one of them, or take it out of the root reducer`;
  return new IsthmusError('owner-conflict', message);
}

function cannotConverge(key: string): IsthmusError {
  const message = `the slice '${key}' converges, which it cannot in a Redux store that was made elsewhere: inject it into a store of Isthmus' own`;
  return new IsthmusError('store-setup', message);
}
