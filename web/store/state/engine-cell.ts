import type { CrossingPort } from '../../api/crossing-port.js';
import type { Path } from '../../base/path.js';
import { type AnySlice } from '../../api/slice.js';
import type { AnyState } from '../../api/store.js';
import { callSafely, reportLater } from '../../base/listeners.js';
import type { ActionLimits } from '../../engine/action.js';
import type { Shortcut } from '../../engine/change.js';
import { Watches } from '../watch/watches.js';
import { type Change } from './change.js';
import { Dispatcher } from './dispatcher.js';
import { NativeSlices } from './native-slices.js';
import { reduxRules } from './redux-rules.js';
import { Slices } from './slices.js';
import type { StateCell } from './state-cell.js';

/** The cell of Isthmus' own stores: native slices in the engine, JS slices beside them. */
export class EngineCell implements StateCell {
  readonly #slices: Slices;
  readonly #watches: Watches;
  readonly #dispatcher: Dispatcher;
  readonly #shortcut: Shortcut;

  constructor(
    name: string,
    preloadedState: AnyState | undefined,
    crossing: CrossingPort,
    limits?: ActionLimits,
  ) {
    const native = new NativeSlices(name, () => this.#tell(this.#watches.all()), limits);
    this.#slices = new Slices(native, preloadedState);
    this.#watches = new Watches(this.#slices);
    this.#dispatcher = new Dispatcher(this.#slices, this.#watches, crossing);
    this.#shortcut = {
      store: native.store,
      begin: () => this.#dispatcher.begin(),
      cancel: () => this.#dispatcher.cancel(),
      settle: (change) => this.#dispatcher.settle(change),
    };
  }

  get listening(): number {
    return this.#dispatcher.listeners.size;
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
    if (typeof listener !== 'function') reduxRules().subscribe(listener);
    this.assertIdle(
      'You may not call store.subscribe() while the reducer is executing. If you would like to be notified after the store has been updated, subscribe from a component and invoke store.getState() in the callback to access the latest state. See https://redux.js.org/api/store#subscribelistener for more details.',
    );
    const unsubscribe = this.#dispatcher.listeners.add(listener);
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

  dispatch(action: unknown): unknown {
    return this.#dispatcher.dispatch(action);
  }

  shortcut(): Shortcut | undefined {
    const isAll = this.#slices.js.size === 0 && !this.#dispatcher.isReducing;
    return isAll ? this.#shortcut : undefined;
  }

  assertIdle(message: string): void {
    this.#dispatcher.assertIdle(message);
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
    this.#slices.native.dispose();
    this.#watches.forget();
  }

  #tell(change: Change): void {
    const errors: unknown[] = [];
    callSafely(errors, () => this.#dispatcher.notify(change));
    errors.forEach(reportLater);
  }
}
