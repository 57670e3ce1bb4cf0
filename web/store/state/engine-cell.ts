import type { Action } from 'redux';

import type { CrossingSlot } from '../../api/crossing-port.js';
import type { AnySlice } from '../../api/slice.js';
import type { AnyState } from '../../api/store.js';
import { IsthmusError } from '../../base/errors.js';
import { callSafely, Listeners, reportLater, rethrowFirst } from '../../base/listeners.js';
import type { Path } from '../../base/path.js';
import type { ActionLimits } from '../../engine/action.js';
import type { NativeChange, Shortcut } from '../../engine/change.js';
import { requireEngine } from '../../engine/load.js';
import type { ConvergingPort } from '../../engine/store-log.js';
import { Watches } from '../watch/watches.js';
import type { Change } from './change.js';
import { assertAction, assertListener } from './redux-rules.js';
import { REBASED } from './rebased-action.js';
import { Slices } from './slices.js';
import type { StateCell } from './state-cell.js';

/** Well before the stack ends, of which each takes about a kilobyte. */
const MOST_NESTED = 256;

const UNMOVED: NativeChange = { moved: false, watches: [] };

/**
 * The cell of Isthmus' own stores: native slices in the engine, JS slices beside them. What happens to an
 * action that has passed the middleware, in this order: a slot on the bridge, every reducer, the commit,
 * the watchers of what changed, the listeners, and at last the bridge's slots.
 */
export class EngineCell implements StateCell {
  readonly #slices: Slices;
  readonly #watches: Watches;
  readonly #listeners = new Listeners();
  readonly #crossing: ConvergingPort;
  readonly #shortcut: Shortcut;
  #reducing = false;
  /** Dispatches of this store that are under way, each by a listener of the one before. */
  #nested = 0;
  #isTooDeep = false;

  constructor(
    name: string,
    preloadedState: AnyState | undefined,
    crossing: ConvergingPort,
    limits?: ActionLimits,
  ) {
    const onRenewed = () => this.#tell(this.#watches.all());
    const native = requireEngine().createStore({ name, onRenewed, ...(limits && { limits }) });
    const show = () => void this.dispatch({ type: REBASED });
    this.#slices = new Slices(native, preloadedState, () =>
      crossing.openLog(this.#slices.asLogged(show)),
    );
    this.#watches = new Watches(this.#slices);
    this.#crossing = crossing;
    this.#shortcut = {
      store: native.number,
      begin: () => this.#begin(),
      cancel: () => this.#cancel(),
      settle: (change) => this.#settle(change),
    };
  }

  get listening(): number {
    return this.#listeners.size;
  }

  get watching(): number {
    return this.#watches.size;
  }

  readonly getState = (): AnyState => {
    this.assertIdle(
      'You may not call store.getState() while the reducer is executing. The reducer has already received the state as an argument. Pass it down from the top reducer instead of reading it from the store.',
    );
    return this.#slices.root();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    assertListener(listener);
    this.assertIdle(
      'You may not call store.subscribe() while the reducer is executing. If you would like to be notified after the store has been updated, subscribe from a component and invoke store.getState() in the callback to access the latest state. See https://redux.js.org/api/store#subscribelistener for more details.',
    );
    const unsubscribe = this.#listeners.add(listener);
    let isSubscribed = true;
    return () => {
      if (!isSubscribed) return;
      this.assertIdle(
        'You may not unsubscribe from a store listener while the reducer is executing. See https://redux.js.org/api/store#subscribelistener for more details.',
      );
      isSubscribed = false;
      unsubscribe();
    };
  };

  dispatch(action: unknown): Action {
    if (!isOrdinary(action)) assertAction(action);
    this.assertIdle('Reducers may not dispatch actions.');
    if (this.#isTooDeep || this.#nested === MOST_NESTED) throw this.#tooDeep(action);
    const slot = this.#crossing.reserve(action);
    this.#nested += 1;
    const { nesting } = this.#crossing;
    nesting.depth += 1;
    try {
      const change = this.#reduce(action, slot);
      slot?.fulfil();
      this.#notify(change);
    } finally {
      this.#nested -= 1;
      if (this.#nested === 0) this.#isTooDeep = false;
      nesting.depth -= 1;
      if (nesting.depth === 0 && nesting.slots.length > 0) this.#crossing.settled();
    }
    return action;
  }

  #reduce(action: Action, slot: CrossingSlot | undefined): Change {
    this.#watches.begin();
    this.#reducing = true;
    try {
      return this.#slices.apply(action, slot);
    } finally {
      this.#reducing = false;
    }
  }

  /** Tells of a change; every listener is called, then the first error is thrown. */
  #notify(change: Change): void {
    const errors: unknown[] = [];
    const subscribed = this.#listeners.subscribed();
    this.#watches.notify(change, errors);
    for (const { listener } of subscribed) callSafely(errors, listener);
    rethrowFirst(errors);
  }

  shortcut(): Shortcut | undefined {
    return this.#slices.hasReducers || this.#reducing ? undefined : this.#shortcut;
  }

  /** The engine is about to change native slices by itself; `settle` follows, or `cancel`. */
  #begin(): void {
    this.#slices.begin();
    this.#watches.begin();
  }

  /** It has changed none. */
  #cancel(): void {
    this.#slices.settle(UNMOVED);
    this.#watches.cancel();
  }

  /** What follows the commit, for one that the engine has done by itself. */
  #settle(change: NativeChange): void {
    const { nesting } = this.#crossing;
    nesting.depth += 1;
    try {
      this.#notify(this.#slices.settle(change));
    } finally {
      nesting.depth -= 1;
      if (nesting.depth === 0 && nesting.slots.length > 0) this.#crossing.settled();
    }
  }

  /** Redux forbids these calls while a reducer runs, since the state is between two values. */
  assertIdle(message: string): void {
    if (this.#reducing) throw new Error(message);
  }

  has(key: string): boolean {
    return this.#slices.has(key);
  }

  foundKeys(): readonly string[] {
    return [];
  }

  isNative(key: string): boolean {
    return this.#slices.native.has(key);
  }

  inject(slice: AnySlice): void {
    this.#tell(this.#slices.inject(slice));
  }

  replace(slice: AnySlice): void {
    this.#slices.replace(slice);
  }

  whenShared(key: string, call: () => void): boolean {
    return this.#slices.whenShared(key, call);
  }

  converge(slice: AnySlice): void {
    this.#slices.converge(slice);
  }

  endConverging(key: string): void {
    this.#slices.endConverging(key);
  }

  remove(key: string): void {
    this.#tell(this.#slices.remove(key));
  }

  read(path: Path): unknown {
    return this.#watches.read(path);
  }

  watch(path: Path, listener: () => void): () => void {
    return this.#watches.add(path, listener);
  }

  dispose(): void {
    this.#slices.native.destroy();
    this.#watches.forget();
  }

  #tell(change: Change): void {
    const errors: unknown[] = [];
    callSafely(errors, () => this.#notify(change));
    errors.forEach(reportLater);
  }

  /** From here on all are refused until the outermost one ends: each of its listeners would do the same. */
  #tooDeep({ type }: Action): IsthmusError {
    this.#isTooDeep = true;
    const message = `dispatch of '${type}' is the ${MOST_NESTED}th within one another: a listener, watcher or effect dispatches whenever it is called; let it dispatch only when what it reads has changed`;
    return new IsthmusError('nesting', message);
  }
}

/** Most actions, told from the rest at one look. */
function isOrdinary(action: unknown): action is Action {
  return (
    typeof action === 'object' &&
    action !== null &&
    Object.getPrototypeOf(action) === Object.prototype &&
    typeof (action as { type?: unknown }).type === 'string'
  );
}
