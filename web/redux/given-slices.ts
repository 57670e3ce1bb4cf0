import { storeParts } from 'isthmus';
import type { Action } from 'redux';

import type { CrossingSlot } from '../api/crossing-port.js';
import { keyOf, type AnySlice } from '../api/slice.js';
import type { AnyState } from '../api/store.js';
import type { ActionLimits } from '../engine/action.js';
import type { ComingLog, ConvergingPort, StoreLog } from '../engine/store-log.js';
import { isHydrate } from '../store/state/hydrate-action.js';
import { REBASED } from '../store/state/rebased-action.js';
import type { Slices } from '../store/state/slices.js';

export interface GivenSlicesOptions {
  readonly name: string;
  readonly crossing: ConvergingPort;
  readonly limits: ActionLimits | undefined;
  /** Gives the joined store an action that it shows the states with. */
  show(this: void): void;
}

/**
 * The converging slices of a joined store. Their states are here, as the log gives them; the joined store is
 * given them with each action, after its own reducers, and before anyone hears of it:
 *
 * ```
 * reducers of the joined store ──► take: these slices and the log ──► its root ──► listeners
 *               └──throws──► nothing has changed ◄──throws──┘
 * ```
 *
 * What it shows may be older, while the DevTools are at an older state or take no action: the log goes on, and the
 * next action that is taken shows what it has come to.
 */
export class GivenSlices {
  readonly #slices: Slices;
  /** The actions that were taken. */
  readonly #known = new WeakSet<object>();

  /** Undefined where there is no channel. */
  static open({ name, crossing, limits, show }: GivenSlicesOptions): GivenSlices | undefined {
    const native = storeParts.requireEngine().createStore({
      name,
      onRenewed: show,
      ...(limits && { limits }),
    });
    const slices: Slices = new storeParts.Slices(native, {}, () => log);
    const log: StoreLog | ComingLog | undefined = crossing.openLog(slices.asLogged(show));
    if (log !== undefined) return new GivenSlices(slices);
    native.destroy();
    return undefined;
  }

  private constructor(slices: Slices) {
    this.#slices = slices;
  }

  has(key: string): boolean {
    return this.#slices.has(key);
  }

  /** By key. */
  states(): AnyState {
    return this.#slices.root();
  }

  inject(slice: AnySlice, state: unknown): void {
    this.#slices.inject(slice, state);
  }

  replace(slice: AnySlice): void {
    this.#slices.replace(slice);
  }

  remove(key: string): void {
    if (this.has(key)) this.#slices.remove(key);
  }

  whenShared(key: string, call: () => void): boolean {
    return this.#slices.whenShared(key, call);
  }

  converge(slice: AnySlice): void {
    if (this.has(keyOf(slice))) this.#slices.converge(slice);
  }

  endConverging(key: string): void {
    this.#slices.endConverging(key);
  }

  /** An action that was dispatched before is another one now: each goes with the states that it was taken with. */
  newOne(action: unknown): unknown {
    return this.#known.has(action as object) ? { ...(action as object) } : action;
  }

  /** The states after an action that all others have taken. What refuses it is thrown. */
  take(action: Action, slot: CrossingSlot | undefined): AnyState {
    this.#known.add(action);
    if (!isHydrate(action) || this.has(action.payload.key)) this.#slices.apply(action, slot);
    return this.states();
  }

  /** An action that the joined store has not taken: what the log has changed is so all the same. */
  goOn(action: unknown): void {
    if ((action as Partial<Action> | undefined)?.type === REBASED) {
      this.#slices.apply(action as Action);
    }
  }

  dispose(): void {
    this.#slices.native.destroy();
  }
}
