import { IsthmusError, storeParts } from 'isthmus';
import type { Action, Reducer } from 'redux';

import { keyOf, type AnySlice } from '../api/slice.js';
import type { AnyState } from '../api/store.js';
import { callSafely, reportLater } from '../base/listeners.js';
import { readBelow, type Path } from '../base/path.js';
import type { CrossingSlot } from '../api/crossing-port.js';
import type { ActionLimits } from '../engine/action.js';
import type {} from '../engine/load.js';
import type { ConvergingPort } from '../engine/store-log.js';
import { realm } from '../page/realm.js';
import { isHydrate } from '../store/state/hydrate-action.js';
import { REBASED } from '../store/state/rebased-action.js';
import type { StateCell } from '../store/state/state-cell.js';
import type { Watches } from '../store/watch/watches.js';
import { GivenSlices } from './given-slices.js';
import type { JoinedStore } from './joined-store.js';

export interface ReduxCellOptions {
  readonly name: string;
  readonly joined: JoinedStore;
  readonly preloadedState?: AnyState | undefined;
  readonly crossing: ConvergingPort;
  readonly limits?: ActionLimits | undefined;
}

/**
 * The cell of a Redux store that was made elsewhere: native slices run as its reducers, over views, and those
 * that converge beside it. What has changed is found by comparing references along the watched paths, since its
 * state may also jump.
 */
export class ReduxCell implements StateCell {
  readonly #options: ReduxCellOptions;
  readonly #joined: JoinedStore;
  readonly #crossing: ConvergingPort;
  readonly #preloaded: Map<string, unknown>;
  readonly #added = new Set<string>();
  readonly #watches: Watches;
  /** Undefined until a slice converges. */
  #given: GivenSlices | undefined;
  #listening = 0;
  /** While there are watchers: the state they know, and how to stop listening for them. */
  #seen: unknown;
  #stop: (() => void) | undefined;

  constructor(options: ReduxCellOptions) {
    const { joined, preloadedState = {}, crossing } = options;
    this.#options = options;
    this.#joined = joined;
    this.#crossing = crossing;
    this.#preloaded = new Map(Object.entries(preloadedState));
    this.#watches = new storeParts.Watches({
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
    const given = this.#given;
    const slot = this.#crossing.reserve(action as Action);
    const one = given === undefined ? action : given.newOne(action);
    let isTaken = false;
    const onTaken = () => {
      isTaken = true;
      return this.#take(one as Action, slot);
    };
    const forget = (slot ?? given) && this.#joined.expect(one as Action, onTaken);
    const { nesting } = this.#crossing;
    nesting.depth += 1;
    try {
      const result = this.#joined.reduce(one);
      return result === one ? action : result;
    } finally {
      nesting.depth -= 1;
      forget?.();
      if (!isTaken) given?.goOn(action);
      if (nesting.depth === 0 && nesting.slots.length > 0) this.#crossing.settled();
    }
  }

  /** All reducers of the joined store have taken it. */
  #take(action: Action, slot: CrossingSlot | undefined): AnyState | undefined {
    const states = this.#given?.take(action, slot);
    slot?.fulfil();
    return states;
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
    return realm().engine?.loaded?.isView(this.getState()[key]) ?? false;
  }

  inject(slice: AnySlice): void {
    const key = keyOf(slice);
    if (this.#joined.owns(key)) throw alreadyThere(key);
    const preloaded = this.#preloaded.get(key);
    const isGiven = slice.converge !== undefined && this.#give(slice, preloaded);
    this.#joined.addReducer(key, slice.reducer as Reducer, preloaded);
    if (isGiven) this.#joined.setGiven(key, true);
    try {
      this.#announce('inject', key);
    } catch (error) {
      this.#joined.removeReducer(key);
      this.#given?.remove(key);
      throw error;
    }
    this.#added.add(key);
    this.#preloaded.delete(key);
  }

  /** False where there is nobody to agree with: then it is a slice like others. */
  #give(slice: AnySlice, state: unknown): boolean {
    const { name, crossing, limits } = this.#options;
    this.#given ??= GivenSlices.open({
      ...{ name, crossing, limits },
      show: () => void this.dispatch({ type: REBASED }),
    });
    this.#given?.inject(slice, state);
    return this.#given !== undefined;
  }

  replace(slice: AnySlice): void {
    const key = keyOf(slice);
    const isGiven = slice.converge !== undefined;
    if (this.#given?.has(key) !== true) {
      const gives = isGiven && this.#give(slice, this.getState()[key]);
      if (gives) this.#joined.setGiven(key, true);
    } else if (isGiven) {
      this.#given.replace(slice);
    } else {
      this.#given.remove(key);
      this.#joined.setGiven(key, false);
    }
    this.#joined.replaceReducer(key, slice.reducer as Reducer);
  }

  whenShared(key: string, call: () => void): boolean {
    return this.#given?.whenShared(key, call) ?? false;
  }

  converge(slice: AnySlice): void {
    this.#given?.converge(slice);
  }

  endConverging(key: string): void {
    this.#given?.endConverging(key);
  }

  remove(key: string): void {
    this.#given?.remove(key);
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
    this.#given?.dispose();
    this.#given = undefined;
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
    const forget = this.#joined.expect(action, () => {
      isDone = true;
      return this.#given?.states();
    });
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
