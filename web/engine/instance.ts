import { EngineError } from '../base/errors.js';
import { Decoder } from './codec/decoder.js';
import { Encoder } from './codec/encoder.js';
import { Memory } from './codec/memory.js';
import { hotCalls, type HotCalls } from './hot-calls.js';
import type { EngineModule } from './module.js';
import { Remains } from './remains.js';
import { MapReads } from './views/map-reads.js';
import { Views } from './views/views.js';

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
