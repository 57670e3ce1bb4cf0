import { defineMember } from '../base/plain-object.js';
import { readWtf8 } from './codec/wtf8.js';
import type { EngineModule } from './module.js';
import type { Members } from './views/map-node.js';
import type { Views } from './views/views.js';

/** An array or object of a failed instance: where it lies, and which view stands for it, if any. */
interface Container {
  readonly isArray: boolean;
  readonly place: number;
  readonly id: number;
}

/** The number of a store's last action, and the states of its slices by key. */
export interface StoreRemains {
  readonly serial: number;
  readonly states: ReadonlyMap<string, unknown>;
}

/**
 * What a failed instance still holds. Committed states are whole whatever it was at, so they are read out
 * of its memory as frozen plain values; of what has a view that view is taken.
 */
export class Remains {
  readonly #module: EngineModule;
  readonly #views: Views;
  readonly #scratch: number;
  readonly #read = new Map<number, unknown>();
  #data: DataView;
  #at = 0;

  constructor(module: EngineModule, views: Views) {
    this.#module = module;
    this.#views = views;
    this.#scratch = module.isthmus_salvage();
    this.#data = new DataView(module.memory.buffer);
  }

  store(store: number): StoreRemains {
    const states = new Map<string, unknown>();
    for (let place = 0; this.#module.isthmus_salvageSlice(store, place) === 1; place++) {
      this.#at = this.#scratch;
      states.set(this.#text(), this.#settle(this.#entry()));
    }
    return { serial: this.#module.isthmus_serial(store), states };
  }

  /** What a bridge has remembered, for another instance to read. */
  books(bridge: number): Uint8Array | undefined {
    return this.#bytes(this.#module.isthmus_salvageBooks(bridge));
  }

  /** What its log has remembered, likewise. */
  log(bridge: number): Uint8Array | undefined {
    return this.#bytes(this.#module.isthmus_salvageLog(bridge));
  }

  #bytes(found: number): Uint8Array | undefined {
    if (found === 0) return undefined;
    this.#renewData();
    this.#at = this.#scratch;
    const start = this.#word();
    return new Uint8Array(this.#module.memory.buffer).slice(start, start + this.#word());
  }

  /** Of a node that a view keeps alive. */
  members(place: number): Members {
    const members = new Map<string, unknown>();
    this.#eachPart({ isArray: false, place, id: 0 }, (key, value) => members.set(key, value));
    return { keys: [...members.keys()], values: [...members.values()] };
  }

  #settle(entry: unknown): unknown {
    return entry instanceof Found ? this.#container(entry) : entry;
  }

  #container(found: Container): unknown {
    const known = this.#read.get(found.place) ?? this.#views.viewIfAny(found.id);
    if (known !== undefined) return known;
    const value: unknown[] | Record<string, unknown> = found.isArray ? [] : {};
    this.#eachPart(found, (key, part) => {
      if (Array.isArray(value)) value.push(part);
      else defineMember(value, key, part);
    });
    this.#read.set(found.place, Object.freeze(value));
    return value;
  }

  /** The parts come in portions; those that are containers themselves are read when all have come. */
  #eachPart(whole: Container, take: (key: string, part: unknown) => void): void {
    const parts: [string, unknown][] = [];
    for (let from = 0, count = -1; count !== 0;) {
      this.#module.isthmus_salvageParts(whole.place, from);
      this.#at = this.#scratch;
      from = this.#word();
      count = this.#word();
      for (let i = 0; i < count; i++) {
        const key = whole.isArray ? '' : this.#text();
        parts.push([key, this.#entry()]);
      }
    }
    for (const [key, part] of parts) take(key, this.#settle(part));
  }

  /** An entry (bindings/salvage.cpp). */
  #entry(): unknown {
    const kind = this.#word();
    const a = this.#at;
    switch (kind) {
      case 0:
        this.#at += 8;
        return null;
      case 1:
        this.#at += 8;
        return this.#data.getUint32(a, true) === 1;
      case 2:
        this.#at += 8;
        return this.#data.getFloat64(a, true);
      case 3:
        return this.#text();
      default:
        return new Found(kind === 4, this.#word(), this.#word());
    }
  }

  #text(): string {
    const start = this.#word();
    return readWtf8(new Uint8Array(this.#module.memory.buffer), start, start + this.#word());
  }

  /** Memory may have grown. */
  #renewData(): void {
    const { buffer } = new Uint8Array(this.#module.memory.buffer);
    if (this.#data.buffer !== buffer) this.#data = new DataView(buffer);
  }

  #word(): number {
    this.#at += 4;
    return this.#data.getUint32(this.#at - 4, true);
  }
}

class Found implements Container {
  constructor(
    readonly isArray: boolean,
    readonly place: number,
    readonly id: number,
  ) {}
}
