import type { Action } from 'redux';

import { isNativeSlice, keyOf, type AnyNativeSlice, type AnySlice } from '../../api/slice.js';
import type { AnyState } from '../../api/store.js';
import { IsthmusError } from '../../base/errors.js';
import { readBelow, type Path } from '../../base/path.js';
import { UNHANDLED } from '../../engine/action.js';
import type { AffectedWatches, NativeChange } from '../../engine/change.js';
import type { EngineStore, GivenStates } from '../../engine/engine-store.js';
import { requireEngine } from '../../engine/load.js';
import type {
  ComingLog,
  LoggedStates,
  LogStore,
  Played,
  StoreLog,
} from '../../engine/store-log.js';
import type { CrossingSlot } from '../../api/crossing-port.js';
import type { Change } from './change.js';
import { ComingSlices } from './coming-slices.js';
import { FunctionSlices } from './function-slices.js';
import { HYDRATE, type HydrateAction } from './hydrate-action.js';
import { notCrossing } from './not-crossing.js';
import { REBASED } from './rebased-action.js';
import { JsSlices, type JsChanges } from './js-slices.js';

const NO_KEYS: readonly string[] = [];
const NO_WATCHES: AffectedWatches = [];
const NONE: GivenStates = [];
const UNCHANGED: Change = { watches: NO_WATCHES, jsKeys: NO_KEYS };

/** An action type that is handled by so many native slices, and its number in the engine. */
interface Handled {
  readonly slices: number;
  readonly type: number;
}

/** What reducers in JavaScript have made of an action: of JS slices, and of native ones with functions. */
interface Reduced {
  readonly changes: JsChanges | undefined;
  readonly made: GivenStates;
}

/** A change of JS slices that is made if the engine commits the action of this serial number. */
interface Awaited {
  readonly serial: number;
  readonly changes: JsChanges | undefined;
  readonly played: Played | undefined;
}

/**
 * The state of one store: native slices in the engine beside JS slices here, changed together or not at
 * all. State that is preloaded for a slice waits here until the slice comes.
 *
 * JavaScript's stack may end in any call. So what a call is about to make stale is marked before it, and
 * what it has left undone is done by the next one.
 */
export class Slices {
  /** The states of native slices, by the engine. */
  readonly native: EngineStore;
  readonly js = new JsSlices();
  /** Of the native slices, those that JavaScript reduces; undefined while there is none. */
  #functions: FunctionSlices | undefined;
  readonly #natives = new Map<string, AnyNativeSlice>();
  readonly #handled = new Map<string, Handled>();
  readonly #order: string[] = [];
  readonly #preloaded: Map<string, unknown>;
  #root: AnyState | undefined;
  /** The slices whose state in `#root` is not the current one. */
  #staleKeys: readonly string[] = NO_KEYS;
  #areNativesStale = false;
  #wereNativesStale = false;
  /** Whether the engine may have something pending. */
  #isPrepared = false;
  #awaited: Awaited | undefined;
  readonly #openLog: () => StoreLog | ComingLog | undefined;
  /** Undefined until a slice converges. */
  #converging: { readonly log: StoreLog; readonly states: LoggedStates } | undefined;
  /** Those that converge as soon as there is a log. */
  #coming: ComingSlices | undefined;

  constructor(
    native: EngineStore,
    preloadedState: AnyState = {},
    openLog: () => StoreLog | ComingLog | undefined,
  ) {
    this.native = native;
    this.#openLog = openLog;
    this.#preloaded = new Map(Object.entries(preloadedState));
  }

  has(key: string): boolean {
    return this.native.has(key) || this.js.has(key);
  }

  /** Whether JavaScript takes part in each action. */
  get hasReducers(): boolean {
    return this.js.isAny || this.#functions !== undefined;
  }

  inject(slice: AnySlice, preloaded = this.#preloaded.get(keyOf(slice))): Change {
    this.#finish();
    const key = keyOf(slice);
    let change: Change;
    if (isNativeSlice(slice)) {
      const watches = this.native.inject(slice.definitionId(), key, preloaded);
      this.#setNative(key, slice);
      change = { watches, jsKeys: NO_KEYS };
    } else {
      this.js.inject(slice, preloaded);
      change = { watches: [], jsKeys: [key] };
    }
    this.#preloaded.delete(key);
    this.#order.push(key);
    this.#root = undefined;
    try {
      this.#prepareConverging(slice)?.();
    } catch (error) {
      this.remove(key);
      throw error;
    }
    return change;
  }

  /** Does all that can fail, and changes nothing yet; what it returns begins it, where there is a log. */
  #prepareConverging(slice: AnySlice): (() => void) | undefined {
    if (slice.converge === undefined) return undefined;
    const key = keyOf(slice);
    const log = this.#converging?.log ?? this.#openLog();
    if (log === undefined) return undefined;
    if ('isComing' in log) return () => this.#awaitLog(slice, log);
    this.#converging ??= { log, states: log.newStates() };
    return this.#converging.states.prepare(slice, this.#reducedStateOf(key));
  }

  #awaitLog(slice: AnySlice, coming: ComingLog): void {
    const begun = this.read([keyOf(slice)]);
    const slices = (this.#coming ??= new ComingSlices());
    const isComing = slices.add(slice);
    coming.then((log) => {
      if (!isComing()) return;
      this.#converging ??= { log, states: log.newStates() };
      this.#converging.states.prepare(slice, begun, true)();
      slices.begun(slice, (call) => this.whenShared(keyOf(slice), call));
    });
  }

  /** Of a slice that JavaScript reduces. */
  #reducedStateOf(key: string): unknown {
    if (this.js.has(key)) return this.js.get(key);
    return this.#functions?.has(key) ? this.#functions.stateOf(key) : undefined;
  }

  /** The slice stays after `endConverging`, and its state is given by the log again. */
  converge(slice: AnySlice): void {
    this.#finish();
    const key = keyOf(slice);
    if (this.#converging?.states.has(key) === true || this.#coming?.has(key)) return;
    this.#prepareConverging(slice)?.();
  }

  /** Its state is no longer given by the log: the slice is about to go, or to be another one. */
  endConverging(key: string): void {
    this.#finish();
    this.#coming?.delete(key);
    this.#converging?.states.remove(key);
  }

  whenShared(key: string, call: () => void): boolean {
    if (this.#coming?.whenBegun(key, call)) return true;
    return this.#converging?.states.whenShared(key, call) ?? false;
  }

  /** The store, as its log calls it. */
  asLogged(show: () => void): LogStore {
    return {
      number: this.native.number,
      show,
      ordersType: (type) =>
        this.#coming?.owns(type) === true || this.#converging?.states.owns(type) === true,
      comingKeys: () => this.#coming?.keys() ?? NO_KEYS,
      recordOwn: (action) => this.#recordOwn(action),
      stateAt: (name, place) => this.#converging?.states.stateAt(name, place),
      seedAt: (name, place) => this.#converging?.states.seedAt(name, place),
      upcast: (name, state) => this.#converging?.states.upcast(name, state),
    };
  }

  /** One that cannot take the other's place leaves it as it is. */
  replace(slice: AnySlice): void {
    this.#finish();
    if (this.native.has(keyOf(slice)) !== isNativeSlice(slice)) throw otherKind(keyOf(slice));
    const definition = isNativeSlice(slice) ? slice.definitionId() : 0;
    const converge = this.#prepareConverging(slice);
    this.endConverging(keyOf(slice));
    if (isNativeSlice(slice)) {
      this.native.replace(definition, slice.name);
      this.#setNative(slice.name, slice);
    } else {
      this.js.replace(slice);
    }
    converge?.();
  }

  remove(key: string): Change {
    this.endConverging(key);
    const isNative = this.native.has(key);
    const watches = isNative ? this.native.remove(key) : [];
    if (isNative) this.#setNative(key, undefined);
    else this.js.remove(key);
    this.#order.splice(this.#order.indexOf(key), 1);
    this.#root = undefined;
    return { watches, jsKeys: isNative ? [] : [key] };
  }

  /** One action through every reducer. An error from any of them leaves every slice as it was. */
  apply(action: Action, slot?: CrossingSlot): Change {
    this.#finish();
    if (this.#converging !== undefined) {
      if (slot?.direction === 'out') return this.#applyOwn(action, slot);
      if (slot !== undefined || action.type === REBASED) return this.#applyShown(action);
    }
    if (action.type === HYDRATE) return this.#hydrate(action as HydrateAction);
    if (slot === undefined) this.#coming?.assertCrossing(action);
    const type = this.#handled.get(action.type)?.type ?? UNHANDLED;
    if (!this.hasReducers) {
      if (type === UNHANDLED) return UNCHANGED;
      this.begin();
      return this.settle(this.native.dispatch(type, action));
    }
    if (type === UNHANDLED) return this.#commitReduced(this.#reduce(action));
    this.#isPrepared = true;
    const serial = this.native.prepare(type, action);
    return this.#commitBoth(serial, action, this.#reduce(action));
  }

  /** An action that crosses: the log takes it with this change, or nothing changes. */
  #applyOwn(action: Action, slot: CrossingSlot): Change {
    const { log, states } = this.#converging!;
    this.#isPrepared = true;
    try {
      const own = log.prepareOwn(action);
      if ('refusal' in own) {
        const reduced = this.#reduce(action, own.refusal.message);
        const change = this.#commitBoth(own.serial, action, reduced);
        log.committedOwn();
        return change;
      }
      const played = states.play(own.replay, true);
      const reduced = this.#reduceBeside(action, played);
      const change = this.#commitBoth(own.serial, action, reduced, played);
      slot.fulfil(own.envelope);
      log.committedOwn();
      return change;
    } catch (error) {
      this.#finish(); // the log takes nothing else while it waits for this one
      throw error;
    }
  }

  /** One that was applied before there was a log; what the log makes of it is shown afterwards. */
  #recordOwn(action: Action): unknown {
    if (this.#converging === undefined) return undefined;
    const { log, states } = this.#converging;
    const own = log.recordOwn(action);
    if ('refusal' in own) return undefined;
    states.commit(states.play(own.replay, false));
    return own.envelope;
  }

  /** An action that has crossed, for the slices that do not converge, and what the log gives to the others. */
  #applyShown(action: Action): Change {
    const { log, states } = this.#converging!;
    const isRebase = action.type === REBASED;
    this.#isPrepared = true;
    const shown = log.prepareShown(this.#handled.has(action.type) ? action : undefined);
    const played = states.play(shown.replay, false);
    const given = played.states;
    const reduced = isRebase
      ? { changes: this.js.given(given), made: this.#functions?.given(given) ?? NONE }
      : this.#reduceBeside(action, played);
    const change = this.#commitBoth(shown.serial, action, reduced, played);
    log.committedShown(keysOf(reduced).filter((key) => states.has(key)));
    return change;
  }

  /** Of an action that does not cross; `why` it cannot, if it should. */
  #reduce(action: Action, why?: string): Reduced {
    const reduced = {
      changes: this.js.reduce(action),
      made: this.#functions?.reduce(action) ?? NONE,
    };
    if (this.#converging !== undefined) {
      const key = keysOf(reduced).find((each) => this.#converging!.states.has(each));
      if (key !== undefined) throw notCrossing(key, action, why);
    }
    return reduced;
  }

  /** Of one that crosses: the log gives what converges. */
  #reduceBeside(action: Action, { states }: Played): Reduced {
    return {
      changes: this.js.reduce(action, states),
      made: this.#functions?.reduce(action, states) ?? NONE,
    };
  }

  /** The engine is about to change native slices. */
  begin(): void {
    this.#wereNativesStale = this.#areNativesStale;
    this.#areNativesStale = true;
  }

  /** What it has changed since `begin`. */
  settle({ moved, watches }: NativeChange): Change {
    this.#areNativesStale = this.#wereNativesStale || moved;
    return { watches, jsKeys: NO_KEYS };
  }

  root(): AnyState {
    this.#finish();
    if (this.#root === undefined) this.#root = this.#buildRoot();
    else if (this.#areNativesStale || this.#staleKeys.length > 0) this.#root = this.#renewRoot();
    this.#areNativesStale = false;
    this.#staleKeys = NO_KEYS;
    return this.#root;
  }

  read(path: Path): unknown {
    this.#finish();
    if (path.length === 0) return this.root();
    const key = String(path[0]);
    return this.js.has(key) ? readBelow(this.js.get(key), path, 1) : this.native.read(path);
  }

  /** The slice under a key is this one now, or none. */
  #setNative(key: string, slice: AnyNativeSlice | undefined): void {
    const before = this.#natives.get(key);
    if (before !== undefined) this.#count(before, -1);
    this.#setFunctions(key, slice);
    if (slice === undefined) this.#natives.delete(key);
    else {
      this.#natives.set(key, slice);
      this.#count(slice, 1);
    }
  }

  #setFunctions(key: string, slice: AnyNativeSlice | undefined): void {
    if (slice?.functions === undefined && this.#functions === undefined) return;
    this.#functions ??= new FunctionSlices(this.native);
    this.#functions.set(key, slice);
    if (this.#functions.size === 0) this.#functions = undefined;
  }

  /** Its types that the engine reduces. */
  #count({ types, functions }: AnyNativeSlice, step: 1 | -1): void {
    for (const type of types) {
      if (functions?.has(type)) continue;
      const slices = (this.#handled.get(type)?.slices ?? 0) + step;
      if (slices === 0) this.#handled.delete(type);
      else this.#handled.set(type, { slices, type: requireEngine().typeOf(type) });
    }
  }

  /** What an earlier call could not do, since it was cut off. */
  #finish(): void {
    if (this.#awaited !== undefined) {
      const { serial, changes, played } = this.#awaited;
      if (this.native.hasCommitted(serial)) this.#commitJs(changes, played);
      this.#awaited = undefined;
    }
    if (this.#isPrepared) this.native.discard();
    this.#isPrepared = false;
  }

  /** Of an action that the engine has no reducer for. */
  #commitReduced({ changes, made }: Reduced): Change {
    if (made.length === 0) return this.#commitJs(changes);
    this.#isPrepared = true;
    this.#functions!.forgetGiven(made);
    if (changes !== undefined) return this.#commitGiven(this.native.give(made), changes);
    this.begin();
    const { change, views } = this.native.change(made);
    this.#isPrepared = false;
    this.#functions!.remember(made, views);
    return this.settle(change);
  }

  /** Beside what the engine has prepared for the action. */
  #commitBoth(serial: number, action: Action, { changes, made }: Reduced, played?: Played): Change {
    this.#functions?.forget(action.type);
    this.#functions?.forgetGiven(made);
    if (made.length > 0) this.native.give(made);
    return this.#commitGiven(serial, changes, played);
  }

  #commitGiven(serial: number, changes: JsChanges | undefined, played?: Played): Change {
    this.#awaited = { serial, changes, played };
    this.begin();
    const { watches } = this.settle(this.native.commit(serial));
    this.#isPrepared = false;
    const { jsKeys } = this.#commitJs(changes, played);
    this.#awaited = undefined;
    return { watches, jsKeys };
  }

  #commitJs(changes: JsChanges | undefined, played?: Played): Change {
    if (played !== undefined) this.#converging!.states.commit(played);
    if (changes === undefined) return UNCHANGED;
    const { keys } = changes;
    this.#staleKeys =
      this.#staleKeys.length === 0 ? keys : [...new Set([...this.#staleKeys, ...keys])];
    this.js.commit(changes);
    return { watches: NO_WATCHES, jsKeys: keys };
  }

  #hydrate({ payload: { key, snapshot } }: HydrateAction): Change {
    if (this.#coming?.has(key) || this.#converging?.states.has(key)) throw noHydration(key);
    if (this.js.has(key)) return this.#commitJs(this.js.changeOf(key, snapshot));
    this.#isPrepared = true;
    const serial = this.native.prepareState(key, snapshot);
    this.#functions?.forget();
    return this.#commitGiven(serial, undefined);
  }

  #buildRoot(): AnyState {
    const natives = this.native.states();
    const stateOf = (key: string) => (this.js.has(key) ? this.js.get(key) : natives.get(key));
    return Object.freeze(Object.fromEntries(this.#order.map((key) => [key, stateOf(key)])));
  }

  /** Every key is there already, and in its place; the same root where no state is another one. */
  #renewRoot(): AnyState {
    const old = this.#root!;
    let root: Record<string, unknown> | undefined;
    const put = (key: string, state: unknown) => {
      if (!Object.is(old[key], state)) (root ??= { ...old })[key] = state;
    };
    for (const key of this.#staleKeys) put(key, this.js.get(key));
    if (this.#areNativesStale) for (const [key, state] of this.native.states()) put(key, state);
    return root === undefined ? old : Object.freeze(root);
  }
}

function keysOf({ changes, made }: Reduced): readonly string[] {
  const keys = changes?.keys ?? NO_KEYS;
  return made.length === 0 ? keys : [...keys, ...made.map(([key]) => key)];
}

function noHydration(key: string): IsthmusError {
  const message = `the slice '${key}' converges, so that no tab can replace its state alone: dispatch an action instead, or give its state when it is injected`;
  return new IsthmusError('not-crossing', message);
}

function otherKind(key: string): IsthmusError {
  const message = `the slice '${key}' cannot change between native and JS while it is injected: dispose of its leases first`;
  return new IsthmusError('slice-exists', message);
}
