import type { Action } from 'redux';

import type { Path } from '../../base/path.js';
import type { AnyNativeSlice } from '../../api/slice.js';
import { IsthmusError } from '../../base/errors.js';
import type { ActionLimits, EngineAction } from '../../engine/action.js';
import { UNHANDLED } from '../../engine/action.js';
import type { AffectedWatches, NativeChange } from '../../engine/change.js';
import { requireEngine } from '../../engine/load.js';

/** An action type that is handled by so many slices, and its number in the engine. */
interface Handled {
  readonly slices: number;
  readonly type: number;
}

/** The slices of one store whose state lives in the engine. */
export class NativeSlices {
  readonly #engine = requireEngine();
  readonly #store: number;
  readonly #slices = new Map<string, AnyNativeSlice>();
  readonly #handled = new Map<string, Handled>();
  #disposed = false;

  /** `onRenewed` is called when the engine has failed and holds the store again. */
  constructor(name: string, onRenewed: () => void, limits?: ActionLimits) {
    this.#store = this.#engine.createStore(name, onRenewed, limits);
  }

  /** The engine's number of the store. */
  get store(): number {
    if (this.#disposed) throw hasEnded();
    return this.#store;
  }

  has(key: string): boolean {
    return this.#slices.has(key);
  }

  /** The engine's number of a type that a slice handles, else UNHANDLED. */
  typeOf(action: Action): number {
    return this.#handled.get(action.type)?.type ?? UNHANDLED;
  }

  inject(slice: AnyNativeSlice, preloaded: unknown): AffectedWatches {
    const affected = this.#engine.inject(this.store, slice.definitionId(), slice.name, preloaded);
    this.#slices.set(slice.name, slice);
    this.#count(slice, 1);
    return affected;
  }

  /** The state stays, the program changes. */
  replace(slice: AnyNativeSlice): void {
    this.#engine.replace(this.#store, slice.definitionId(), slice.name);
    this.#count(this.#slices.get(slice.name)!, -1);
    this.#slices.set(slice.name, slice);
    this.#count(slice, 1);
  }

  remove(key: string): AffectedWatches {
    const affected = this.#engine.remove(this.#store, key);
    this.#count(this.#slices.get(key)!, -1);
    this.#slices.delete(key);
    return affected;
  }

  /** The serial number of what is pending then. */
  prepare(type: number, action: Action): number {
    return this.#engine.prepare(this.#store, type, action as EngineAction);
  }

  prepareState(key: string, state: unknown): number {
    return this.#engine.prepareState(this.store, key, state);
  }

  commit(serial: number): NativeChange {
    return this.#engine.commit(this.#store, serial);
  }

  /** Whether the last action was the one of this serial number. */
  hasCommitted(serial: number): boolean {
    return this.#engine.serial(this.#store) === serial;
  }

  /** `prepare` and `commit` in one. */
  dispatch(type: number, action: Action): NativeChange {
    return this.#engine.dispatch(this.#store, type, action as EngineAction);
  }

  discard(): void {
    this.#engine.discard(this.#store);
  }

  watch(path: readonly string[]): number {
    return this.#engine.watch(this.store, path);
  }

  /** Watches end with the store; ending one afterwards is harmless. */
  unwatch(watch: number): void {
    if (!this.#disposed) this.#engine.unwatch(this.#store, watch);
  }

  read(path: Path): unknown {
    return this.#engine.read(this.store, path);
  }

  readWatched(watch: number): unknown {
    return this.#engine.readWatched(this.store, watch);
  }

  states(): ReadonlyMap<string, unknown> {
    return this.#engine.states(this.store);
  }

  /** Frees the engine's store. What asks for state afterwards is told that the store has ended. */
  dispose(): void {
    this.#disposed = true;
    this.#engine.destroyStore(this.#store);
  }

  #count(slice: AnyNativeSlice, step: 1 | -1): void {
    for (const type of slice.types) {
      const slices = (this.#handled.get(type)?.slices ?? 0) + step;
      if (slices === 0) this.#handled.delete(type);
      else this.#handled.set(type, { slices, type: this.#engine.typeOf(type) });
    }
  }
}

function hasEnded(): IsthmusError {
  const message =
    'this store has ended and has no state any more: join the store that took its place';
  return new IsthmusError('disposed', message);
}
