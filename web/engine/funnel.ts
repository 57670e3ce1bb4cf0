import { Decoder } from './decoder.js';
import { EncodeError } from './encode-error.js';
import { Encoder } from './encoder.js';
import { hotCalls, type HotCalls } from './hot-calls.js';
import type { IsthmusError } from './errors.js';
import { EngineError, ReducerError, type EngineErrorCode } from './errors.js';
import { MapReads } from './map-reads.js';
import { Memory } from './memory.js';
import type { EngineModule } from './module.js';
import { Views } from './views.js';

/** A raw export of two numbers. */
export type HotCall = (a: number, b: number) => number;

/**
 * The one way into the compiled engine: arguments are encoded, a call is made, its answer is decoded.
 * Turns error results into EngineErrors, and refuses every call after a trap, since the instance's
 * memory can no longer be trusted.
 */
export class Funnel {
  readonly module: EngineModule;
  readonly hotCalls: HotCalls;
  readonly views: Views;
  readonly encoder: Encoder;
  readonly errorCodes: readonly EngineErrorCode[];
  readonly dropReasons: readonly string[];
  readonly #decoder: Decoder;
  #death: unknown;

  constructor(module: EngineModule) {
    this.module = module;
    this.hotCalls = hotCalls(module);
    const memory = new Memory(module, this.hotCalls.output, (call) => this.#guard(call));
    this.views = new Views(new MapReads(this, memory));
    this.encoder = new Encoder(memory);
    this.#decoder = new Decoder(memory, this.views);
    this.call(() => module.errorCodes());
    this.errorCodes = this.answer().value() as EngineErrorCode[];
    this.call(() => module.dropReasons());
    this.dropReasons = this.answer().value() as string[];
  }

  /** Encodes trusted arguments, whose failure is the caller's mistake, and returns their length. */
  encode(write: (encoder: Encoder) => unknown): number {
    try {
      write(this.encoder.begin());
    } catch (error) {
      throw this.refusal(error);
    }
    return this.encoder.length;
  }

  /** What to throw when trusted arguments could not be encoded. */
  refusal(error: unknown): unknown {
    if (!(error instanceof EncodeError)) return error;
    const code = error.kind === 'too-large' ? 'limit-exceeded' : 'undecodable';
    const message = `a native slice cannot hold this value: ${error.message}`;
    return new EngineError(code, message, error.where);
  }

  /** The last call's answer, from its beginning; it holds until the next call. */
  answer(): Decoder {
    return this.#decoder.begin();
  }

  /** Whether the engine has failed: every call throws. */
  get isDead(): boolean {
    return this.#death !== undefined;
  }

  call(call: () => number, action = ''): number {
    const result = this.#guard(call);
    if (result < 0) throw this.#failure(-1 - result, action);
    return result;
  }

  /** As `call`, for one of the hot calls. */
  hot(call: HotCall, a: number, b: number, action: string): number {
    if (this.#death !== undefined) throw this.#dead();
    let result: number;
    try {
      result = call(a, b);
    } catch (error) {
      throw this.#die(error);
    }
    if (result < 0) throw this.#failure(-1 - result, action);
    return result;
  }

  #guard(call: () => number): number {
    if (this.#death !== undefined) throw this.#dead();
    try {
      return call();
    } catch (error) {
      throw this.#die(error);
    }
  }

  #dead(): EngineError {
    const message = 'the engine has stopped after an earlier failure; reload the page';
    return new EngineError('engine-dead', message, '', { cause: this.#death });
  }

  #die(error: unknown): EngineError {
    this.#death = error;
    const message = 'the engine has failed and cannot go on; reload the page';
    return new EngineError('engine-dead', message, '', { cause: error });
  }

  #failure(code: number, action: string): IsthmusError {
    const answer = this.answer();
    const message = answer.text();
    const where = answer.text();
    const step = answer.text();
    const slice = answer.text();
    const name = this.errorCodes[code]!;
    if (name !== 'step-failed' && name !== 'too-large')
      return new EngineError(name, message, where);
    return new ReducerError(message, { slice, action, step, path: where }, name);
  }
}
