import type { Action } from 'redux';

import type { CrossingPort } from '../../api/crossing-port.js';
import { IsthmusError } from '../../base/errors.js';
import { callSafely, Listeners, rethrowFirst } from '../../base/listeners.js';
import type { NativeChange } from '../../engine/change.js';
import type { Watches } from '../watch/watches.js';
import { assertAction } from './action.js';
import type { Change } from './change.js';
import type { Slices } from './slices.js';

/** Well before the stack ends, of which each takes about a kilobyte. */
const MOST_NESTED = 256;

const UNMOVED: NativeChange = { moved: false, watches: [] };

/**
 * What happens to an action that has passed the middleware, in this order: a slot on the bridge, every
 * reducer, the commit, the watchers of what changed, the listeners, and at last the bridge's slots.
 */
export class Dispatcher {
  readonly listeners = new Listeners();
  readonly #slices: Slices;
  readonly #watches: Watches;
  readonly #crossing: CrossingPort;
  #reducing = false;
  /** Dispatches of this store that are under way, each by a listener of the one before. */
  #nested = 0;
  #isTooDeep = false;

  constructor(slices: Slices, watches: Watches, crossing: CrossingPort) {
    this.#slices = slices;
    this.#watches = watches;
    this.#crossing = crossing;
  }

  dispatch(action: unknown): Action {
    assertAction(action);
    this.assertIdle('Reducers may not dispatch actions.');
    if (this.#isTooDeep || this.#nested === MOST_NESTED) throw this.#tooDeep(action);
    const slot = this.#crossing.reserve(action);
    this.#nested += 1;
    const { nesting } = this.#crossing;
    nesting.depth += 1;
    try {
      const change = this.#reduce(action);
      slot?.fulfil();
      this.notify(change);
    } finally {
      this.#nested -= 1;
      if (this.#nested === 0) this.#isTooDeep = false;
      nesting.depth -= 1;
      if (nesting.depth === 0) this.#crossing.settled();
    }
    return action;
  }

  /** The engine is about to change native slices by itself; `settle` follows, or `cancel`. */
  begin(): void {
    this.#slices.begin();
    this.#watches.begin();
  }

  /** It has changed none. */
  cancel(): void {
    this.#slices.settle(UNMOVED);
    this.#watches.cancel();
  }

  /** What follows the commit, for one that the engine has done by itself. */
  settle(change: NativeChange): void {
    const { nesting } = this.#crossing;
    nesting.depth += 1;
    try {
      this.notify(this.#slices.settle(change));
    } finally {
      nesting.depth -= 1;
      if (nesting.depth === 0) this.#crossing.settled();
    }
  }

  get isReducing(): boolean {
    return this.#reducing;
  }

  /** Tells of a change; every listener is called, then the first error is thrown. */
  notify(change: Change): void {
    const errors: unknown[] = [];
    const subscribed = this.listeners.subscribed();
    this.#watches.notify(change, errors);
    for (const { listener } of subscribed) callSafely(errors, listener);
    rethrowFirst(errors);
  }

  /** Redux forbids these calls while a reducer runs, since the state is between two values. */
  assertIdle(message: string): void {
    if (this.#reducing) throw new Error(message);
  }

  #reduce(action: Action): Change {
    this.#watches.begin();
    this.#reducing = true;
    try {
      return this.#slices.apply(action);
    } finally {
      this.#reducing = false;
    }
  }

  /** From here on all are refused until the outermost one ends: each of its listeners would do the same. */
  #tooDeep({ type }: Action): IsthmusError {
    this.#isTooDeep = true;
    const message = `dispatch of '${type}' is the ${MOST_NESTED}th within one another: a listener, watcher or effect dispatches whenever it is called; let it dispatch only when what it reads has changed`;
    return new IsthmusError('nesting', message);
  }
}
