import type { Decoder } from './decoder.js';
import { EncodeError, type Encoder } from './encoder.js';
import { BridgeCalls } from './bridge-calls.js';
import type { EngineErrorCode } from './errors.js';
import { Funnel } from './funnel.js';
import type { EngineModule } from './module.js';

/** What the engine sees of an action. */
export interface EngineAction {
  type: string;
  payload?: unknown;
  meta?: unknown;
}

/** The watches to call and, already taken care of here, the nodes that died. */
export type AffectedWatches = readonly number[];

/** The engine's programs and stores, each named by a number, as JavaScript calls them. */
export class Engine {
  readonly bridges: BridgeCalls;
  readonly #funnel: Funnel;

  constructor(module: EngineModule) {
    this.#funnel = new Funnel(module);
    this.bridges = new BridgeCalls(this.#funnel);
  }

  get errorCodes(): readonly EngineErrorCode[] {
    return this.#funnel.errorCodes;
  }

  define(definition: unknown): number {
    const length = this.#funnel.encode((encoder) => encoder.value(definition));
    return this.#funnel.call(() => this.#funnel.module.defineProgram(length));
  }

  createStore(): number {
    return this.#funnel.call(() => this.#funnel.module.createStore());
  }

  destroyStore(store: number): void {
    this.#funnel.call(() => this.#funnel.module.destroyStore(store));
    this.#change();
  }

  /** `preloaded` undefined: the slice begins with its initial state. */
  inject(store: number, definition: number, key: string, preloaded?: unknown): AffectedWatches {
    const length = this.#funnel.encode((encoder) => {
      encoder.text(key);
      if (preloaded !== undefined) encoder.value(preloaded);
    });
    this.#funnel.call(() => this.#funnel.module.injectSlice(store, definition, length));
    return this.#change();
  }

  replace(store: number, definition: number, key: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(key));
    this.#funnel.call(() => this.#funnel.module.replaceSlice(store, definition, length));
  }

  remove(store: number, key: string): AffectedWatches {
    const length = this.#funnel.encode((encoder) => encoder.text(key));
    this.#funnel.call(() => this.#funnel.module.removeSlice(store, length));
    return this.#change();
  }

  watch(store: number, path: readonly string[]): number {
    const length = this.#funnel.encode((encoder) => encoder.value(path));
    return this.#funnel.call(() => this.#funnel.module.watch(store, length));
  }

  unwatch(store: number, watch: number): void {
    this.#funnel.call(() => this.#funnel.module.unwatch(store, watch));
  }

  /** Computes the next root; `commit` or `discard` follows. */
  prepare(store: number, action: EngineAction): void {
    const length = this.#funnel.encode((encoder) => writeAction(encoder, action));
    this.#funnel.call(() => this.#funnel.module._isthmus_prepare(store, length), action.type);
  }

  prepareState(store: number, key: string, state: unknown): void {
    const length = this.#funnel.encode((encoder) => encoder.text(key).value(state));
    this.#funnel.call(() => this.#funnel.module.prepareState(store, length));
  }

  commit(store: number): { moved: boolean; watches: AffectedWatches } {
    const moved = this.#funnel.call(() => this.#funnel.module._isthmus_commit(store));
    return { moved: moved === 1, watches: this.#change() };
  }

  discard(store: number): void {
    this.#funnel.call(() => this.#funnel.module._isthmus_discard(store));
  }

  /** The view at a path of a store's native slices; undefined when there is nothing. */
  read(store: number, path: readonly string[]): unknown {
    const length = this.#funnel.encode((encoder) => encoder.value(path));
    const found = this.#funnel.call(() => this.#funnel.module._isthmus_read(store, length));
    return found === 0 ? undefined : this.#shown();
  }

  /** A definition as a plain reducer. A view whose node is gone is read in again as plain data. */
  reduce(definition: number, state: unknown, action: EngineAction): unknown {
    const length = this.#funnel.encode((encoder) => {
      const node = this.#funnel.views.idOf(state);
      if (state === undefined) encoder.varint(0);
      else if (node !== undefined) encoder.varint(1).float64(node);
      else encoder.varint(2).value(state);
      writeAction(encoder, action);
    });
    this.#funnel.call(() => this.#funnel.module._isthmus_reduce(definition, length), action.type);
    return this.#shown();
  }

  #shown(): unknown {
    const answer = this.#funnel.answer();
    const view = answer.value();
    this.#dropReleased(answer);
    return view;
  }

  #change(): AffectedWatches {
    const answer = this.#funnel.answer();
    const count = answer.varint();
    const watches = count === 0 ? NONE : Array.from({ length: count }, () => answer.varint());
    this.#dropReleased(answer);
    return watches;
  }

  #dropReleased(answer: Decoder): void {
    for (let left = answer.varint(); left > 0; left--) this.#funnel.views.drop(answer.float64());
  }
}

const NONE: AffectedWatches = [];

function writeAction(encoder: Encoder, { type, payload, meta }: EngineAction): void {
  encoder.text(type);
  writePart(encoder, 'payload', payload);
  writePart(encoder, 'meta', meta);
}

function writePart(encoder: Encoder, name: string, value: unknown): void {
  try {
    encoder.value(value);
  } catch (error) {
    throw error instanceof EncodeError ? error.below(name) : error;
  }
}
