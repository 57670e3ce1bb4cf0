import { IsthmusError } from '../base/errors.js';
import type { Path } from '../base/path.js';
import type { Part } from '../draft/part.js';
import type { ActionLimits, EngineAction } from './action.js';
import type { AffectedWatches, NativeChange } from './change.js';
import { EncodeError } from './codec/encode-error.js';
import type { Encoder } from './codec/encoder.js';
import { EditWriter } from './edits.js';
import type { Funnel } from './funnel.js';
import { Numbered } from './numbered.js';
import { takeOver, type LostState } from './recovery.js';
import type { Remains, StoreRemains } from './remains.js';
import { writeState } from './state-writer.js';
import type { Views } from './views/views.js';

/** What a store of the engine is made with. */
export interface EngineStoreOptions {
  /** Named when something of it is lost. */
  readonly name: string;
  /** What an action may take; where there are none, what the engine has for it. */
  readonly limits?: Partial<ActionLimits>;
  /** Called some time after the store has got into another instance. */
  onRenewed(this: void): void;
}

/** States by key that functions have made: whole, or as what has become of the present one. */
export type GivenStates = readonly (readonly [key: string, state: unknown])[];

const EDITED = /* @__PURE__ */ Symbol.for('isthmus.edited');

/** What a recipe has made of a slice's present state. The engine may be another copy's. */
export interface Edited {
  readonly [EDITED]: Part;
}

export function edited(part: Part): Edited {
  return { [EDITED]: part };
}

// The grammar stands in bindings/functions.cpp.
const WHOLE = 0;
const EDITS = 1;

/** The native slices of one store, as JavaScript calls them: their states, and the watches on these. */
export class EngineStore {
  readonly #funnel: Funnel;
  readonly #number: number;
  readonly #options: EngineStoreOptions;
  readonly #onEnded: () => void;
  /** Definitions by key, in the order of injection. */
  readonly #slices = new Map<string, number>();
  readonly #watches = new Numbered<readonly string[]>();
  #hasEnded = false;

  constructor(funnel: Funnel, number: number, options: EngineStoreOptions, onEnded: () => void) {
    this.#funnel = funnel;
    this.#number = number;
    this.#options = options;
    this.#onEnded = onEnded;
    createStore(funnel, number, 0, options.limits);
  }

  get onRenewed(): () => void {
    return this.#options.onRenewed;
  }

  /**
   * The engine's number of it.
   *
   * @throws IsthmusError `disposed` once the store has ended.
   */
  get number(): number {
    if (this.#hasEnded) throw hasEnded();
    return this.#number;
  }

  /** Another one than before once its states have got into another instance. */
  get generation(): number {
    return this.#funnel.generation;
  }

  has(key: string): boolean {
    return this.#slices.has(key);
  }

  /** `preloaded` undefined: the slice begins with its initial state. */
  inject(definition: number, key: string, preloaded?: unknown): AffectedWatches {
    const moved = injectSlice(this.#funnel, this.number, definition, key, preloaded);
    const { watches } = this.#change(moved);
    this.#slices.set(key, definition);
    return watches;
  }

  /** The state stays, the program changes. */
  replace(definition: number, key: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(key));
    this.#funnel.call((engine) => engine.isthmus_replaceSlice(this.#number, definition, length));
    this.#slices.set(key, definition);
  }

  remove(key: string): AffectedWatches {
    const length = this.#funnel.encode((encoder) => encoder.text(key));
    const moved = this.#funnel.ask((engine) => engine.isthmus_removeSlice(this.#number, length));
    const { watches } = this.#change(moved);
    this.#slices.delete(key);
    return watches;
  }

  watch(path: readonly string[]): number {
    const store = this.number;
    const watch = this.#watches.add(path);
    addWatch(this.#funnel, store, watch, path);
    return watch;
  }

  /** Watches end with the store; ending one afterwards is harmless. */
  unwatch(watch: number): void {
    if (this.#hasEnded) return;
    this.#watches.remove(watch);
    this.#funnel.call((engine) => engine.isthmus_unwatch(this.#number, watch));
  }

  /** Computes the next states, to be committed or discarded, under the serial number it returns. */
  prepare(type: number, action: EngineAction): number {
    const length = this.#encodeAction(type, action);
    return this.#funnel.call((engine) => engine.isthmus_prepare(this.#number, length), action.type);
  }

  prepareState(key: string, state: unknown): number {
    const store = this.number;
    const length = this.#funnel.encode((encoder) => encoder.text(key).value(state));
    return this.#funnel.call((engine) => engine.isthmus_prepareState(store, length));
  }

  /** States that functions have made beside what is prepared, or to be committed alone, under the serial number. */
  give(states: GivenStates): number {
    const serial = this.#funnel.hotOfStates('give', this.number, '', writeGiven(states));
    this.#funnel.close();
    return serial;
  }

  /** `give` and `commit` in one crossing, where nothing is prepared; with views of the states. */
  change(states: GivenStates): {
    readonly change: NativeChange;
    readonly views: readonly unknown[];
  } {
    this.#funnel.hotOfStates('change', this.number, '', writeGiven(states));
    const answer = this.#funnel.answer();
    const change = answer.change(answer.varint() === 1);
    const views = states.map(() => answer.value());
    this.#funnel.close();
    return { change, views };
  }

  commit(serial: number): NativeChange {
    const store = this.#number;
    return this.#change(this.#funnel.ask((engine) => engine.isthmus_commit(store, serial)));
  }

  /** Whether the last action was the one of this serial number. */
  hasCommitted(serial: number): boolean {
    return this.#funnel.call((engine) => engine.isthmus_serial(this.#number)) === serial;
  }

  /** `prepare` and `commit` in one crossing. */
  dispatch(type: number, action: EngineAction): NativeChange {
    const length = this.#encodeAction(type, action);
    const { dispatch } = this.#funnel.instance.hotCalls;
    return this.#change(this.#funnel.hot(dispatch, this.#number, length, action.type));
  }

  discard(): void {
    this.#funnel.call((engine) => engine.isthmus_discard(this.#number));
  }

  /** The view at a path; undefined when there is nothing. */
  read(path: Path): unknown {
    const store = this.number;
    const encoder = this.#funnel.encoder.begin();
    for (const part of path) writePathPart(encoder, part);
    const { read } = this.#funnel.instance.hotCalls;
    return this.#shown(this.#funnel.hot(read, store, encoder.length, ''));
  }

  /** As `read`, at the path of a watch. */
  readWatched(watch: number): unknown {
    const { readWatched } = this.#funnel.hotCalls;
    return this.#shown(this.#funnel.hot(readWatched, this.number, watch, ''));
  }

  /** The states of the slices by key. */
  states(): ReadonlyMap<string, unknown> {
    const store = this.number;
    this.#funnel.ask((engine) => engine.isthmus_readStates(store));
    const answer = this.#funnel.answer();
    const states = new Map<string, unknown>();
    for (let left = answer.varint(); left > 0; left--) states.set(answer.text(), answer.state());
    answer.released();
    this.#funnel.close();
    return states;
  }

  /** Frees it. What asks for state afterwards is told that the store has ended. */
  destroy(): void {
    this.#hasEnded = true;
    this.#onEnded();
    this.#change(this.#funnel.ask((engine) => engine.isthmus_destroyStore(this.#number)));
  }

  /** Makes it in another instance, under the same number. */
  restoreTo(heir: Funnel, remains: Remains, lost: LostState[]): void {
    const { name: store, limits } = this.#options;
    let left: StoreRemains = { serial: 0, states: new Map() };
    takeOver(lost, { store }, () => (left = remains.store(this.#number)));
    createStore(heir, this.#number, left.serial, limits);
    for (const [slice, definition] of this.#slices) {
      const inject = (state: unknown) => {
        injectSlice(heir, this.#number, definition, slice, state);
        heir.close();
      };
      takeOver(lost, { store, slice }, () => {
        if (!left.states.has(slice))
          throw new IsthmusError('slice-missing', 'it could not be read');
        inject(left.states.get(slice));
      });
      if (lost.some((each) => each.store === store && each.slice === slice)) inject(undefined);
    }
    this.#watches.forEach((path, watch) => addWatch(heir, this.#number, watch, path));
  }

  #shown(found: number): unknown {
    let view: unknown;
    if (found === 1) {
      const answer = this.#funnel.answer();
      view = answer.value();
      answer.released();
    }
    this.#funnel.close();
    return view;
  }

  #change(moved: number): NativeChange {
    const change = this.#funnel.answer().change(moved === 1);
    this.#funnel.close();
    return change;
  }

  #encodeAction(type: number, action: EngineAction): number {
    const { encoder } = this.#funnel;
    try {
      writeAction(encoder.begin(), type, action);
    } catch (error) {
      throw this.#funnel.refusal(error);
    }
    return encoder.length;
  }
}

function isEdited(state: unknown): state is Edited {
  return typeof state === 'object' && state !== null && EDITED in state;
}

function writeGiven(states: GivenStates) {
  return (encoder: Encoder, views: Views | undefined) => {
    for (const [key, state] of states) {
      encoder.text(key);
      if (isEdited(state)) new EditWriter(encoder.varint(EDITS)).write(state[EDITED]);
      else writeState(encoder.varint(WHOLE), state, views);
    }
  };
}

/** As `readAction` of bindings/hot_path.cpp reads it. */
export function writeAction(encoder: Encoder, type: number, { payload, meta }: EngineAction): void {
  encoder.varint(type);
  writePart(encoder, 'payload', payload);
  writePart(encoder, 'meta', meta);
}

function writePart(encoder: Encoder, name: string, value: unknown): void {
  if (value === undefined) {
    encoder.nothing();
    return;
  }
  try {
    encoder.value(value);
  } catch (error) {
    throw error instanceof EncodeError ? error.below(name) : error;
  }
}

/** Of indices that 31 bits hold; no other number is a key by itself. */
function writePathPart(encoder: Encoder, part: string | number): void {
  if (typeof part === 'number' && part >= 0 && (part | 0) === part) encoder.varint(part + 1);
  else encoder.varint(0).text(String(part));
}

function createStore(
  funnel: Funnel,
  store: number,
  serial: number,
  { actionBytes = 0, actionSteps = 0 }: Partial<ActionLimits> = {},
): void {
  funnel.call((engine) => engine.isthmus_createStore(store, serial, actionBytes, actionSteps));
}

/** An answer follows, of a change. */
function injectSlice(
  funnel: Funnel,
  store: number,
  definition: number,
  key: string,
  preloaded: unknown,
): number {
  const length = funnel.encode((encoder) => {
    encoder.text(key);
    if (preloaded !== undefined) encoder.value(preloaded);
  });
  return funnel.ask((engine) => engine.isthmus_injectSlice(store, definition, length));
}

function addWatch(funnel: Funnel, store: number, watch: number, path: readonly string[]): void {
  const length = funnel.encode((encoder) => encoder.value(path));
  funnel.call((engine) => engine.isthmus_watch(store, watch, length));
}

function hasEnded(): IsthmusError {
  const message =
    'this store has ended and has no state any more: join the store that took its place';
  return new IsthmusError('disposed', message);
}
