import type { Action } from 'redux';

import type { AffectedWatches, NativeChange } from '../engine/change.js';
import { UNHANDLED, type ActionLimits, type Path } from '../engine/engine.js';
import { IsthmusError } from '../engine/errors.js';
import { isHydrate, type HydrateAction } from './action.js';
import { JsSlices, type JsChanges } from './js-slices.js';
import { isNativeSlice, type AnyNativeSlice } from './native-slice.js';
import { NativeSlices } from './native-slices.js';
import { readBelow } from './path.js';
import type { AnyState, JsSlice } from './types.js';

/** A slice of either kind. */
export type AnySlice = AnyNativeSlice | JsSlice;

/** What a change touched: engine watches by number, and the JS slices whose state is another one. */
export interface Change {
  readonly watches: AffectedWatches;
  readonly jsKeys: readonly string[];
}

const NO_KEYS: readonly string[] = [];
const UNTOUCHED: NativeChange = { moved: false, watches: [] };

export function keyOf(slice: AnySlice): string {
  return isNativeSlice(slice) ? slice.name : slice.key;
}

/**
 * The state of one store: native slices in the engine beside JS slices here, changed together or not at
 * all. State that is preloaded for a slice waits here until the slice comes.
 */
export class Slices {
  readonly native: NativeSlices;
  readonly js = new JsSlices();
  readonly #order: string[] = [];
  readonly #preloaded: Map<string, unknown>;
  #root: AnyState | undefined;
  /** The slices whose state in `#root` is not the current one. */
  #staleKeys: readonly string[] = NO_KEYS;
  #areNativesStale = false;

  constructor(preloadedState: AnyState = {}, limits?: ActionLimits) {
    this.native = new NativeSlices(limits);
    this.#preloaded = new Map(Object.entries(preloadedState));
  }

  has(key: string): boolean {
    return this.native.has(key) || this.js.has(key);
  }

  inject(slice: AnySlice): Change {
    const key = keyOf(slice);
    const preloaded = this.#preloaded.get(key);
    let change: Change;
    if (isNativeSlice(slice)) {
      change = { watches: this.native.inject(slice, preloaded), jsKeys: [] };
    } else {
      this.js.inject(slice, preloaded);
      change = { watches: [], jsKeys: [key] };
    }
    this.#preloaded.delete(key);
    this.#order.push(key);
    this.#root = undefined;
    return change;
  }

  replace(slice: AnySlice): void {
    if (this.native.has(keyOf(slice)) !== isNativeSlice(slice)) throw otherKind(keyOf(slice));
    if (isNativeSlice(slice)) this.native.replace(slice);
    else this.js.replace(slice);
  }

  remove(key: string): Change {
    const isNative = this.native.has(key);
    const watches = isNative ? this.native.remove(key) : [];
    if (!isNative) this.js.remove(key);
    this.#order.splice(this.#order.indexOf(key), 1);
    this.#root = undefined;
    return { watches, jsKeys: isNative ? [] : [key] };
  }

  /** One action through every reducer. An error from any of them leaves every slice as it was. */
  apply(action: Action): Change {
    if (isHydrate(action)) return this.#hydrate(action);
    const type = this.native.typeOf(action);
    if (this.js.size === 0) {
      const change = type === UNHANDLED ? UNTOUCHED : this.native.dispatch(type, action);
      return this.#settle(change, undefined);
    }
    if (type === UNHANDLED) return this.#settle(UNTOUCHED, this.js.reduce(action));
    const jsChanges = this.#reduceBoth(type, action);
    return this.#settle(this.native.commit(), jsChanges);
  }

  /** A change of the native slices that the engine has committed by itself. */
  settle(change: NativeChange): Change {
    return this.#settle(change, undefined);
  }

  root(): AnyState {
    if (this.#root === undefined) this.#root = this.#buildRoot();
    else if (this.#areNativesStale || this.#staleKeys.length > 0) this.#root = this.#renewRoot();
    this.#areNativesStale = false;
    this.#staleKeys = NO_KEYS;
    return this.#root;
  }

  read(path: Path): unknown {
    if (path.length === 0) return this.root();
    const key = String(path[0]);
    return this.js.has(key) ? readBelow(this.js.get(key), path, 1) : this.native.read(path);
  }

  #settle({ moved, watches }: NativeChange, jsChanges: JsChanges | undefined): Change {
    this.#areNativesStale ||= moved;
    if (jsChanges === undefined) return { watches, jsKeys: NO_KEYS };
    const { keys } = jsChanges;
    this.#staleKeys =
      this.#staleKeys.length === 0 ? keys : [...new Set([...this.#staleKeys, ...keys])];
    this.js.commit(jsChanges);
    return { watches, jsKeys: keys };
  }

  #reduceBoth(type: number, action: Action): JsChanges | undefined {
    this.native.prepare(type, action);
    try {
      return this.js.reduce(action);
    } catch (error) {
      this.native.discard();
      throw error;
    }
  }

  #hydrate({ payload: { key, snapshot } }: HydrateAction): Change {
    if (this.js.has(key)) return this.#settle(UNTOUCHED, this.js.changeOf(key, snapshot));
    this.native.prepareState(key, snapshot);
    return this.#settle(this.native.commit(), undefined);
  }

  #buildRoot(): AnyState {
    const natives = this.native.states();
    const stateOf = (key: string) => (this.js.has(key) ? this.js.get(key) : natives.get(key));
    return Object.fromEntries(this.#order.map((key) => [key, stateOf(key)]));
  }

  /** Every key is there already, and in its place. */
  #renewRoot(): AnyState {
    const root: Record<string, unknown> = { ...this.#root };
    for (const key of this.#staleKeys) root[key] = this.js.get(key);
    if (this.#areNativesStale) for (const [key, state] of this.native.states()) root[key] = state;
    return root;
  }
}

function otherKind(key: string): IsthmusError {
  const message = `the slice '${key}' cannot change between native and JS while it is injected: dispose of its leases first`;
  return new IsthmusError('slice-exists', message);
}
