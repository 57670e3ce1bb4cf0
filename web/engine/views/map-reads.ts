import type { Decoder } from '../codec/decoder.js';
import type { Memory } from '../codec/memory.js';
import { byteLengthOf, writeWtf8 } from '../codec/wtf8.js';
import type { HotCalls } from '../hot-calls.js';
import type { EngineModule } from '../module.js';
import type { MapNode, Members } from './map-node.js';

/** What reading takes of an instance. */
interface Instance {
  readonly module: EngineModule;
  readonly hotCalls: HotCalls;
  readonly memory: Memory;
  readonly decoder: Decoder;
  isOpen: boolean;
  readonly remains: { members(place: number): Members };
  run(call: () => number): number;
  open(call: () => number): number;
  hot(call: HotCalls['member'], a: number, b: number): number;
}

/**
 * How map views read the node they stand for (bindings/map_reads.cpp). They outlive the instance they
 * were made for: once it has failed they read what is left of it.
 */
export class MapReads {
  readonly #instance: Instance;
  #keyStart = 0;
  #keySize = 0;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /** Whether only whole objects can be read. */
  get hasFailed(): boolean {
    return this.#instance.isOpen;
  }

  /** The view of one member; undefined when there is none. */
  member({ id }: MapNode, key: string): unknown {
    const { hotCalls, decoder } = this.#instance;
    const length = this.#writeKey(key);
    const found = this.#instance.hot(hotCalls.member, id, length);
    const value = found === 1 ? decoder.begin().value() : undefined;
    this.#instance.isOpen = false;
    return value;
  }

  members({ id, place }: MapNode): Members {
    if (this.hasFailed) return this.#instance.remains.members(place);
    const { module, decoder } = this.#instance;
    this.#instance.open(() => module.isthmus_members(id));
    const answer = decoder.begin();
    const count = answer.varint();
    const members = { keys: answer.texts(count), values: answer.list(count) };
    this.#instance.isOpen = false;
    return members;
  }

  /** The view of a node is gone. */
  unpin(id: number): void {
    if (!this.hasFailed) this.#instance.run(() => this.#instance.module.isthmus_unpin(id));
  }

  #writeKey(key: string): number {
    const size = byteLengthOf(key);
    if (size > this.#keySize || this.#keyStart === 0) {
      this.#keyStart = this.#instance.run(() => this.#instance.module.isthmus_keyBuffer(size));
      this.#keySize = size;
    }
    return writeWtf8(key, this.#instance.memory.bytes, this.#keyStart) - this.#keyStart;
  }
}
