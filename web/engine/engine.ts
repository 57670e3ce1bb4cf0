import { IsthmusError, type EngineErrorCode } from '../base/errors.js';
import type { Path } from '../base/path.js';
import type { ActionLimits, EngineAction } from './action.js';
import { BridgeCalls } from './bridge-calls.js';
import { type AffectedWatches, type NativeChange } from './change.js';
import { EncodeError } from './codec/encode-error.js';
import { type Encoder } from './codec/encoder.js';
import { Definitions, type ProgramDefinition } from './definitions.js';
import type { EngineInstance } from './funnel.js';
import { Funnel } from './funnel.js';
import type { EngineModule } from './module.js';
import { Numbered } from './numbered.js';
import { takeOver, tellLater, type LostState } from './recovery.js';
import type { Remains, StoreRemains } from './remains.js';

/** What one store holds, so that another instance can be given the same. */
interface StoreHolding {
  readonly name: string;
  /** Definitions by key, in the order of injection. */
  readonly slices: Map<string, number>;
  readonly watches: Numbered<readonly string[]>;
  readonly limits: Partial<ActionLimits> | undefined;
  /** Called some time after the store has got into another instance. */
  readonly onRenewed: () => void;
}

/**
 * The engine's programs and stores, each named by a number, as JavaScript calls them. When an instance
 * fails, another one is given everything that was defined, and the committed states.
 */
export class Engine {
  readonly bridges: BridgeCalls;
  readonly #funnel: Funnel;
  readonly #definitions: Definitions;
  readonly #stores = new Numbered<StoreHolding>();

  /** `instantiate` makes another instance, at once. */
  constructor(module: EngineModule, instantiate: () => EngineModule) {
    this.#funnel = new Funnel(module, (failed) => this.#replace(failed, instantiate));
    this.#definitions = new Definitions(this.#funnel);
    this.bridges = new BridgeCalls(this.#funnel);
  }

  get errorCodes(): readonly EngineErrorCode[] {
    return this.#funnel.errorCodes;
  }

  /** How often an instance has been replaced. */
  get generation(): number {
    return this.#funnel.generation;
  }

  /** The number of a program, the same for an equal definition; `release` it as often as it was defined. */
  define(definition: ProgramDefinition): number {
    return this.#definitions.add(definition);
  }

  release(definition: number): void {
    this.#definitions.remove(definition);
  }

  /** The number of an action type. */
  typeOf(type: string): number {
    return this.#definitions.typeOf(type);
  }

  /** What an action may take is what the engine has for it where there are no limits. */
  createStore(name: string, onRenewed: () => void, limits?: Partial<ActionLimits>): number {
    const holding: StoreHolding = {
      name,
      limits,
      slices: new Map(),
      watches: new Numbered<readonly string[]>(),
      onRenewed,
    };
    const store = this.#stores.add(holding);
    createStore(this.#funnel, store, 0, limits);
    return store;
  }

  destroyStore(store: number): void {
    this.#stores.remove(store);
    this.#change(this.#funnel.ask((engine) => engine.destroyStore(store)));
  }

  /** `preloaded` undefined: the slice begins with its initial state. */
  inject(store: number, definition: number, key: string, preloaded?: unknown): AffectedWatches {
    const change = this.#change(injectSlice(this.#funnel, store, definition, key, preloaded));
    this.#stores.get(store)!.slices.set(key, definition);
    return change.watches;
  }

  replace(store: number, definition: number, key: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(key));
    this.#funnel.call((engine) => engine.replaceSlice(store, definition, length));
    this.#stores.get(store)!.slices.set(key, definition);
  }

  remove(store: number, key: string): AffectedWatches {
    const length = this.#funnel.encode((encoder) => encoder.text(key));
    const change = this.#change(this.#funnel.ask((engine) => engine.removeSlice(store, length)));
    this.#stores.get(store)!.slices.delete(key);
    return change.watches;
  }

  watch(store: number, path: readonly string[]): number {
    const { watches } = this.#stores.get(store)!;
    const watch = watches.add(path);
    addWatch(this.#funnel, store, watch, path);
    return watch;
  }

  unwatch(store: number, watch: number): void {
    this.#stores.get(store)!.watches.remove(watch);
    this.#funnel.call((engine) => engine.unwatch(store, watch));
  }

  /** Computes the next states, to be committed or discarded, under the serial number it returns. */
  prepare(store: number, type: number, action: EngineAction): number {
    const length = this.#encodeAction(type, action);
    return this.#funnel.call((engine) => engine._isthmus_prepare(store, length), action.type);
  }

  prepareState(store: number, key: string, state: unknown): number {
    const length = this.#funnel.encode((encoder) => encoder.text(key).value(state));
    return this.#funnel.call((engine) => engine.prepareState(store, length));
  }

  commit(store: number, serial: number): NativeChange {
    return this.#change(this.#funnel.ask((engine) => engine._isthmus_commit(store, serial)));
  }

  /** The serial number of the store's last action. */
  serial(store: number): number {
    return this.#funnel.call((engine) => engine._isthmus_serial(store));
  }

  /** `prepare` and `commit` in one crossing. */
  dispatch(store: number, type: number, action: EngineAction): NativeChange {
    const length = this.#encodeAction(type, action);
    const { dispatch } = this.#funnel.instance.hotCalls;
    return this.#change(this.#funnel.hot(dispatch, store, length, action.type));
  }

  discard(store: number): void {
    this.#funnel.call((engine) => engine._isthmus_discard(store));
  }

  /** The view at a path of a store's native slices; undefined when there is nothing. */
  read(store: number, path: Path): unknown {
    const encoder = this.#funnel.encoder.begin();
    for (const part of path) writePathPart(encoder, part);
    const { read } = this.#funnel.instance.hotCalls;
    return this.#shown(this.#funnel.hot(read, store, encoder.length, ''));
  }

  /** As `read`, at the path of a watch. */
  readWatched(store: number, watch: number): unknown {
    const { readWatched } = this.#funnel.hotCalls;
    return this.#shown(this.#funnel.hot(readWatched, store, watch, ''));
  }

  /** The states of a store's slices by key. */
  states(store: number): ReadonlyMap<string, unknown> {
    this.#funnel.ask((engine) => engine.readStates(store));
    const answer = this.#funnel.answer();
    const states = new Map<string, unknown>();
    for (let left = answer.varint(); left > 0; left--) states.set(answer.text(), answer.state());
    answer.released();
    this.#funnel.close();
    return states;
  }

  /** Whether a value stands for a node of this engine that is alive. */
  isView(value: unknown): boolean {
    return this.#funnel.views.idOf(value) !== undefined;
  }

  /** A definition as a plain reducer. A view whose node is gone is read in again as plain data. */
  reduce(definition: number, state: unknown, action: EngineAction): unknown {
    const idOf = (view: unknown) => this.#funnel.views.idOf(view);
    const isFound = this.#reduce(definition, state, action, idOf);
    if (!isFound) this.#reduce(definition, state, action, () => undefined);
    const answer = this.#funnel.answer();
    const view = answer.state();
    answer.released();
    this.#funnel.close();
    return view;
  }

  /** Whether the state's node was there. The action comes first: reading it may release nodes. */
  #reduce(
    definition: number,
    state: unknown,
    action: EngineAction,
    idOf: (view: unknown) => number | undefined,
  ): boolean {
    const length = this.#funnel.encode((encoder) => {
      writeAction(encoder, this.typeOf(action.type), action);
      const node = idOf(state);
      if (state === undefined) encoder.varint(0);
      else if (node !== undefined) encoder.varint(1).varint(node);
      else encoder.varint(2).value(state);
    });
    const result = this.#funnel.ask(
      (engine) => engine._isthmus_reduce(definition, length),
      action.type,
    );
    if (result === 0) this.#funnel.close();
    return result === 1;
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

  /** Nothing of this engine changes before the other instance holds everything. */
  #replace(failed: EngineInstance, instantiate: () => EngineModule): EngineInstance {
    const start = performance.now();
    const lost: LostState[] = [];
    const heir = new Funnel(instantiate(), noHeir);
    this.#definitions.restoreTo(heir);
    this.#stores.forEach((holding, store) => {
      restoreStore(heir, store, holding, failed.remains, lost);
    });
    this.bridges.restoreTo(heir, failed.remains, lost);
    const tellStores: (() => void)[] = [];
    this.#stores.forEach(({ onRenewed }) => tellStores.push(onRenewed));
    tellLater({ cause: failed.cause, milliseconds: performance.now() - start, lost }, tellStores);
    return heir.instance;
  }
}

function noHeir({ cause }: EngineInstance): never {
  throw cause instanceof Error ? cause : new Error('the instance that was to take over failed');
}

function restoreStore(
  heir: Funnel,
  store: number,
  { name, slices, watches, limits }: StoreHolding,
  remains: Remains,
  lost: LostState[],
): void {
  let left: StoreRemains = { serial: 0, states: new Map() };
  takeOver(lost, { store: name }, () => (left = remains.store(store)));
  createStore(heir, store, left.serial, limits);
  for (const [key, definition] of slices) {
    takeOver(lost, { store: name, slice: key }, () => {
      if (!left.states.has(key)) throw new IsthmusError('slice-missing', 'it could not be read');
      injectSlice(heir, store, definition, key, left.states.get(key));
      heir.close();
    });
    if (lost.some((each) => each.store === name && each.slice === key)) {
      injectSlice(heir, store, definition, key, undefined);
      heir.close();
    }
  }
  watches.forEach((path, watch) => addWatch(heir, store, watch, path));
}

function createStore(
  funnel: Funnel,
  store: number,
  serial: number,
  { actionBytes = 0, actionSteps = 0 }: Partial<ActionLimits> = {},
): void {
  funnel.call((engine) => engine.createStore(store, serial, actionBytes, actionSteps));
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
  return funnel.ask((engine) => engine.injectSlice(store, definition, length));
}

function addWatch(funnel: Funnel, store: number, watch: number, path: readonly string[]): void {
  const length = funnel.encode((encoder) => encoder.value(path));
  funnel.call((engine) => engine.watch(store, watch, length));
}

function writeAction(encoder: Encoder, type: number, { payload, meta }: EngineAction): void {
  encoder.varint(type);
  writePart(encoder, 'payload', payload);
  writePart(encoder, 'meta', meta);
}

/** Of indices that 31 bits hold; no other number is a key by itself. */
function writePathPart(encoder: Encoder, part: string | number): void {
  if (typeof part === 'number' && part >= 0 && (part | 0) === part) encoder.varint(part + 1);
  else encoder.varint(0).text(String(part));
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
