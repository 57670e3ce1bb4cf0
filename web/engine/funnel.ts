import {
  EngineError,
  ReducerError,
  type EngineErrorCode,
  type IsthmusError,
} from '../base/errors.js';
import { Decoder } from './codec/decoder.js';
import { EncodeError } from './codec/encode-error.js';
import { Encoder } from './codec/encoder.js';
import { Memory } from './codec/memory.js';
import { hotCalls, type HotCalls } from './hot-calls.js';
import type { EngineModule } from './module.js';
import { Remains } from './remains.js';
import { MapReads } from './views/map-reads.js';
import { Views } from './views/views.js';

/** Makes an instance that holds all that the failed one held. */
export type Replace = (failed: EngineInstance) => EngineInstance;

/**
 * The one way into the compiled engine: arguments are encoded, a call is made, its answer is read. Turns
 * error results into EngineErrors. An instance that has failed is replaced before the next call:
 *
 *     encoder ──► call ───────────────► its result
 *             └─► ask ──► answer ──► close
 *
 * Until `close` whatever is thrown is a failure of the instance.
 */
export class Funnel {
  /** How many instances there were before this one. */
  generation = 0;
  readonly errorCodes: readonly EngineErrorCode[];
  /** The names behind the numbers of drop reasons, where there is what crosses. */
  dropReasons: readonly string[] = [];
  readonly #replace: Replace;
  #instance: EngineInstance;

  constructor(module: EngineModule, replace: Replace) {
    this.#replace = replace;
    this.#instance = this.#watched(new EngineInstance(module));
    this.errorCodes = this.plain((engine) => engine.isthmus_errorCodes()) as EngineErrorCode[];
  }

  /** The one in use, which may have failed. */
  get instance(): EngineInstance {
    return this.#instance;
  }

  get encoder(): Encoder {
    this.heal();
    return this.#instance.encoder;
  }

  get hotCalls(): HotCalls {
    this.heal();
    return this.#instance.hotCalls;
  }

  get views(): Views {
    return this.#instance.views;
  }

  /** Encodes trusted arguments, whose failure is the caller's mistake, and returns their length. */
  encode(write: (encoder: Encoder) => unknown): number {
    const { encoder } = this;
    try {
      write(encoder.begin());
    } catch (error) {
      throw this.refusal(error);
    }
    return encoder.length;
  }

  /** What to throw when trusted arguments could not be encoded. */
  refusal(error: unknown): unknown {
    if (!(error instanceof EncodeError)) return error;
    const code = error.kind === 'too-large' ? 'limit-exceeded' : 'undecodable';
    const message = `a native slice cannot hold this value: ${error.message}`;
    return new EngineError(code, message, error.where);
  }

  /** A call whose answer is its result. */
  call(call: (engine: EngineModule) => number, action = ''): number {
    const result = this.ask(call, action);
    this.close();
    return result;
  }

  /** A call whose answer is read afterwards. */
  ask(call: (engine: EngineModule) => number, action = ''): number {
    this.heal();
    const instance = this.#instance;
    const result = instance.open(() => call(instance.module));
    if (result < 0) throw this.#failure(-1 - result, action);
    return result;
  }

  /**
   * As `hot`, with states among what is written, to which the call answers 0 when a node of theirs is gone: then
   * it is written without views, as data.
   */
  hotOfStates(
    call: 'edit' | 'reduce' | 'give' | 'change',
    on: number,
    action: string,
    write: (encoder: Encoder, views: Views | undefined) => void,
  ): number {
    const { encoder } = this;
    for (const views of [this.views, undefined]) {
      try {
        write(encoder.begin(), views);
      } catch (error) {
        throw this.refusal(error);
      }
      const result = this.hot(this.#instance.hotCalls[call], on, encoder.length, action);
      if (result !== 0 || views === undefined) return result;
      this.close();
    }
    return 0;
  }

  /** A call whose answer is a value, as plain data. */
  plain(call: (engine: EngineModule) => number): unknown {
    this.ask(call);
    const value = this.answer().value();
    this.close();
    return value;
  }

  /** As `ask`, for one of the hot calls. */
  hot(call: HotCall, a: number, b: number, action: string): number {
    const result = this.#instance.hot(call, a, b);
    if (result < 0) throw this.#failure(-1 - result, action);
    return result;
  }

  /** For what nobody can ask again, as a message: what the instance failed at is tried once more. */
  twice<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'engine-failed') throw error;
      return run();
    }
  }

  /** The last call's answer, from its beginning. */
  answer(): Decoder {
    return this.#instance.decoder.begin();
  }

  /** The answer is read. */
  close(): void {
    this.#instance.isOpen = false;
  }

  /** Replaces the instance if it has failed. */
  heal(): void {
    if (this.#instance.isOpen) this.#renew();
  }

  #renew(): void {
    try {
      this.#instance = this.#watched(this.#replace(this.#instance));
    } catch (error) {
      const message =
        'the engine has failed and cannot be made anew at the moment; the next call tries again';
      throw new EngineError('engine-dead', message, '', { cause: error });
    }
    this.generation += 1;
  }

  /** Nobody may call for long; who does while it cannot be replaced is told. */
  #watched(instance: EngineInstance): EngineInstance {
    instance.onFailed = () =>
      queueMicrotask(() => {
        try {
          this.heal();
        } catch {
          // It has stayed as it was.
        }
      });
    return instance;
  }

  #failure(code: number, action: string): IsthmusError {
    const answer = this.answer();
    const message = answer.text();
    const where = answer.text();
    const step = answer.text();
    const slice = answer.text();
    this.close();
    const name = this.errorCodes[code]!;
    if (name !== 'step-failed' && name !== 'too-large')
      return new EngineError(name, message, where);
    return new ReducerError(message, { slice, action, step, path: where }, name);
  }
}

/** A raw export of two numbers. */
export type HotCall = (a: number, b: number) => number;

/**
 * One instance of the compiled engine, with what this side knows of it. When the instance fails all of
 * this is replaced together.
 */
export class EngineInstance {
  readonly module: EngineModule;
  readonly hotCalls: HotCalls;
  readonly memory: Memory;
  readonly views: Views;
  readonly encoder: Encoder;
  readonly decoder: Decoder;
  /**
   * From before a call until its answer is read. JavaScript may throw at any instruction in between, as
   * its stack ends; then this stays so, and the instance has failed: neither what it was at nor what it
   * has told can be relied on.
   */
  isOpen = false;
  /** What was thrown, where that is known. */
  cause: unknown;
  /** Called when a call has thrown. */
  onFailed: (() => void) | undefined;
  #remains: Remains | undefined;

  constructor(module: EngineModule) {
    this.module = module;
    this.hotCalls = hotCalls(module);
    this.memory = new Memory(
      module,
      () => this.open(this.hotCalls.output),
      (call) => this.run(call),
    );
    this.views = new Views(new MapReads(this));
    this.encoder = new Encoder(this.memory);
    this.decoder = new Decoder(this.memory, this.views);
  }

  /** A call whose answer is its result. */
  run(call: () => number): number {
    const result = this.open(call);
    this.isOpen = false;
    return result;
  }

  /** A call that is under way until its answer is read. */
  open(call: () => number): number {
    this.isOpen = true;
    try {
      return call();
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** As `open`, for one of the hot calls. */
  hot(call: HotCall, a: number, b: number): number {
    this.isOpen = true;
    try {
      return call(a, b);
    } catch (error) {
      throw this.failed(error);
    }
  }

  failed(error: unknown): EngineError {
    this.cause = error;
    this.onFailed?.();
    const message =
      'the engine failed at this call, which is refused; its states are taken over into a new instance, so go on';
    return new EngineError('engine-failed', message, '', { cause: error });
  }

  /** What is left of it once it has failed; nothing else may be called from then on. */
  get remains(): Remains {
    return (this.#remains ??= new Remains(this.module, this.views));
  }
}
