import type { PlatformBytes } from '../../base/platform-types.js';
import type { EngineModule } from '../module.js';

/**
 * The engine's two byte buffers (bindings/buffers.h) as this side sees them. A view of wasm memory is
 * void, and empty, once memory grows; then it is fetched again.
 */
export class Memory {
  readonly #module: EngineModule;
  readonly #guard: (call: () => number) => number;
  /** Where the last call's answer begins. */
  readonly outputStart: () => number;
  #bytes: PlatformBytes;
  #data: DataView;

  /** `guard` runs the call that may run out of memory. */
  constructor(
    module: EngineModule,
    outputStart: () => number,
    guard: (call: () => number) => number,
  ) {
    this.#module = module;
    this.outputStart = outputStart;
    this.#guard = guard;
    this.#bytes = new Uint8Array(module.memory.buffer);
    this.#data = new DataView(this.#bytes.buffer);
  }

  get bytes(): PlatformBytes {
    if (this.#bytes.length === 0) {
      this.#bytes = new Uint8Array(this.#module.memory.buffer);
      this.#data = new DataView(this.#bytes.buffer);
    }
    return this.#bytes;
  }

  get data(): DataView {
    void this.bytes;
    return this.#data;
  }

  /** Where the input buffer is, after making it at least `size` bytes long. */
  input(size: number): { start: number; size: number } {
    const start = this.#guard(() => this.#module.isthmus_input(size));
    return { start, size: this.#module.isthmus_inputSize() };
  }

  /** Begins a list that the engine takes over in pieces. */
  beginList(isObject: boolean): number {
    return this.#guard(() => this.#module.isthmus_beginList(isObject ? 1 : 0));
  }

  /** Hands over `length` bytes of the input buffer; whether the engine has taken them. */
  stage(list: number, start: number, length: number, depth: number): boolean {
    return this.#guard(() => this.#module.isthmus_stage(list, start, length, depth)) === 0;
  }

  /** Forgets all lists that were begun. */
  unstage(): void {
    this.#guard(() => {
      this.#module.isthmus_unstage();
      return 0;
    });
  }
}
