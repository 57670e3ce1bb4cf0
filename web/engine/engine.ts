import { EncodeError } from './encode-error.js';
import { type Encoder } from './encoder.js';
import { BridgeCalls } from './bridge-calls.js';
import { dropReleased, readChange, type AffectedWatches, type NativeChange } from './change.js';
import type { EngineErrorCode } from './errors.js';
import { Funnel } from './funnel.js';
import type { HotCalls } from './hot-calls.js';
import type { EngineModule } from './module.js';

/** Where a value stands in the state: keys of objects and indices of arrays, from the root. */
export type Path = readonly (string | number)[];

/** What the engine sees of an action. */
export interface EngineAction {
  type: string;
  payload?: unknown;
  meta?: unknown;
}

/** What the reducers of one action may take, over all slices. */
export interface ActionLimits {
  readonly actionBytes: number;
  readonly actionSteps: number;
}

/** A slice's program in canonical JSON. */
export interface ProgramDefinition {
  readonly name: string;
  readonly initialState: unknown;
  readonly reducers: Readonly<Record<string, unknown>>;
  readonly on: Readonly<Record<string, unknown>>;
  readonly index?: Readonly<Record<string, readonly string[]>>;
}

/** The number of every action type that no program handles. */
export const UNHANDLED = 0;

/** The engine's programs and stores, each named by a number, as JavaScript calls them. */
export class Engine {
  readonly bridges: BridgeCalls;
  readonly #funnel: Funnel;
  readonly #types = new Map<string, number>();
  readonly #hot: HotCalls;

  constructor(module: EngineModule) {
    this.#funnel = new Funnel(module);
    this.#hot = this.#funnel.hotCalls;
    this.bridges = new BridgeCalls(this.#funnel);
  }

  get errorCodes(): readonly EngineErrorCode[] {
    return this.#funnel.errorCodes;
  }

  define(definition: ProgramDefinition): number {
    const length = this.#funnel.encode((encoder) => encoder.value(definition));
    const id = this.#funnel.call(() => this.#funnel.module.defineProgram(length));
    const { name, reducers, on } = definition;
    for (const event of Object.keys(reducers)) this.#nameType(`${name}/${event}`);
    for (const type of Object.keys(on)) this.#nameType(type);
    return id;
  }

  /** What an action may take is what the engine has for it where there are no limits. */
  createStore({ actionBytes = 0, actionSteps = 0 }: Partial<ActionLimits> = {}): number {
    const { module } = this.#funnel;
    return this.#funnel.call(() => module.createStore(actionBytes, actionSteps));
  }

  destroyStore(store: number): void {
    this.#change(this.#funnel.call(() => this.#funnel.module.destroyStore(store)));
  }

  /** `preloaded` undefined: the slice begins with its initial state. */
  inject(store: number, definition: number, key: string, preloaded?: unknown): AffectedWatches {
    const length = this.#funnel.encode((encoder) => {
      encoder.text(key);
      if (preloaded !== undefined) encoder.value(preloaded);
    });
    const { module } = this.#funnel;
    return this.#change(this.#funnel.call(() => module.injectSlice(store, definition, length)))
      .watches;
  }

  replace(store: number, definition: number, key: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(key));
    this.#funnel.call(() => this.#funnel.module.replaceSlice(store, definition, length));
  }

  remove(store: number, key: string): AffectedWatches {
    const length = this.#funnel.encode((encoder) => encoder.text(key));
    return this.#change(this.#funnel.call(() => this.#funnel.module.removeSlice(store, length)))
      .watches;
  }

  watch(store: number, path: readonly string[]): number {
    const length = this.#funnel.encode((encoder) => encoder.value(path));
    return this.#funnel.call(() => this.#funnel.module.watch(store, length));
  }

  unwatch(store: number, watch: number): void {
    this.#funnel.call(() => this.#funnel.module.unwatch(store, watch));
  }

  /** Computes the next states; `commit` or `discard` follows. */
  prepare(store: number, type: number, action: EngineAction): void {
    const length = this.#encodeAction(type, action);
    this.#funnel.call(() => this.#funnel.module._isthmus_prepare(store, length), action.type);
  }

  prepareState(store: number, key: string, state: unknown): void {
    const length = this.#funnel.encode((encoder) => encoder.text(key).value(state));
    this.#funnel.call(() => this.#funnel.module.prepareState(store, length));
  }

  commit(store: number): NativeChange {
    return this.#change(this.#funnel.call(() => this.#funnel.module._isthmus_commit(store)));
  }

  /** `prepare` and `commit` in one crossing. */
  dispatch(store: number, type: number, action: EngineAction): NativeChange {
    const length = this.#encodeAction(type, action);
    return this.#change(this.#funnel.hot(this.#hot.dispatch, store, length, action.type));
  }

  discard(store: number): void {
    this.#funnel.call(() => this.#funnel.module._isthmus_discard(store));
  }

  /** The view at a path of a store's native slices; undefined when there is nothing. */
  read(store: number, path: Path): unknown {
    const encoder = this.#funnel.encoder.begin();
    for (const part of path) writePathPart(encoder, part);
    const found = this.#funnel.hot(this.#hot.read, store, encoder.length, '');
    return found === 0 ? undefined : this.#shown();
  }

  /** As `read`, at the path of a watch. */
  readWatched(store: number, watch: number): unknown {
    const found = this.#funnel.hot(this.#hot.readWatched, store, watch, '');
    return found === 0 ? undefined : this.#shown();
  }

  /** The states of a store's slices by key. */
  states(store: number): ReadonlyMap<string, unknown> {
    this.#funnel.call(() => this.#funnel.module.readStates(store));
    const answer = this.#funnel.answer();
    const states = new Map<string, unknown>();
    for (let left = answer.varint(); left > 0; left--) states.set(answer.text(), answer.state());
    dropReleased(answer, this.#funnel.views);
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
    dropReleased(answer, this.#funnel.views);
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
    const { module } = this.#funnel;
    return this.#funnel.call(() => module._isthmus_reduce(definition, length), action.type) === 1;
  }

  #shown(): unknown {
    const answer = this.#funnel.answer();
    const view = answer.value();
    dropReleased(answer, this.#funnel.views);
    return view;
  }

  #change(moved: number): NativeChange {
    return readChange(this.#funnel.answer(), moved === 1, this.#funnel.views);
  }

  /** The number of an action type. */
  typeOf(type: string): number {
    return this.#types.get(type) ?? UNHANDLED;
  }

  #nameType(type: string): void {
    if (this.#types.has(type)) return;
    const length = this.#funnel.encode((encoder) => encoder.text(type));
    const id = this.#funnel.call(() => this.#funnel.module.nameType(length));
    this.#types.set(type, id);
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
