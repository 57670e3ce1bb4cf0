import type { Action } from 'redux';

import type { NativeChange } from '../engine/change.js';
import { assertAction } from './action.js';
import type { CrossingPort } from './crossing-port.js';
import { callSafely, Listeners, rethrowFirst } from './listeners.js';
import type { Change, Slices } from './slices.js';
import type { Watches } from './watches.js';

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

  constructor(slices: Slices, watches: Watches, crossing: CrossingPort) {
    this.#slices = slices;
    this.#watches = watches;
    this.#crossing = crossing;
  }

  dispatch(action: unknown): Action {
    assertAction(action);
    this.assertIdle('Reducers may not dispatch actions.');
    const slot = this.#crossing.reserve(action);
    this.#crossing.enter();
    try {
      const change = this.#reduce(action);
      slot?.fulfil();
      this.notify(change);
    } finally {
      this.#crossing.leave();
    }
    return action;
  }

  /** What follows the commit, for one that the engine has done by itself. */
  settle(change: NativeChange): void {
    this.#crossing.enter();
    try {
      this.notify(this.#slices.settle(change));
    } finally {
      this.#crossing.leave();
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
    this.#reducing = true;
    try {
      return this.#slices.apply(action);
    } finally {
      this.#reducing = false;
    }
  }
}
