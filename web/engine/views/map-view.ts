import { defineMember } from '../../base/plain-object.js';
import type { MapNode, Members } from './map-node.js';
import type { MapReads } from './map-reads.js';

/**
 * A read-only Proxy that passes for the plain frozen object of a large node's members. It begins as an id
 * and takes over only what is looked at:
 *
 *     by key   one crossing for a key's first read, kept here afterwards
 *     whole    a first look at all keys takes all members over in one crossing
 *     frozen   who freezes it, or asks whether it is frozen, moves the members into the Proxy's target
 *
 * Until it is frozen the target is an empty extensible object, so that a Proxy's invariants allow every
 * answer; the price is that single descriptors call themselves configurable until then.
 */
export function createMapView(node: MapNode, reads: MapReads): object {
  return new Proxy(Object.create(INSPECTED) as object, new MapView(node, reads));
}

// What Node's console.log looks at instead of the Proxy.
const INSPECTED = /* @__PURE__ */ inspected();

function inspected(): object {
  return Object.freeze({
    [Symbol.for('nodejs.util.inspect.custom')](this: object): object {
      return { ...this };
    },
  });
}

/** Views of one weight, and bytes for 2048 of each. */
const WEIGHED_TOGETHER = 16;
const WEIGHT = 32_768;
let made = 0;

class MapView implements ProxyHandler<object> {
  readonly #node: MapNode;
  readonly #reads: MapReads;
  #seen: Map<string, unknown> | undefined;
  #members: Members | undefined;
  #positions: Map<string, number> | undefined;
  #next = 0;
  /**
   * About what versions of a large map take in the engine's memory, which JavaScript's collector does not
   * see: without it, views of old states would pile up until the heap itself grows. One bears it for
   * several, since a buffer takes longer to make than all else of a view.
   */
  readonly weight = ++made % WEIGHED_TOGETHER === 0 ? new ArrayBuffer(WEIGHT) : undefined;

  constructor(node: MapNode, reads: MapReads) {
    this.#node = node;
    this.#reads = reads;
  }

  get(_target: object, key: string | symbol, receiver: unknown): unknown {
    const value = this.#seen?.get(key as string) ?? this.#find(key);
    return value === undefined ? Reflect.get(Object.prototype, key, receiver) : value;
  }

  has(_target: object, key: string | symbol): boolean {
    return this.#find(key) !== undefined || key in Object.prototype;
  }

  ownKeys(): string[] {
    // A Proxy's keys are copied at once, so nobody gets hold of this list.
    return this.#whole().keys as string[];
  }

  getOwnPropertyDescriptor(_target: object, key: string | symbol): PropertyDescriptor | undefined {
    const value = this.#find(key);
    if (value === undefined) return undefined;
    return { value, writable: false, enumerable: true, configurable: true };
  }

  getPrototypeOf(): object {
    return Object.prototype;
  }

  setPrototypeOf(_target: object, prototype: object | null): boolean {
    return prototype === Object.prototype;
  }

  set(_target: object, key: string | symbol, value: unknown, receiver: unknown): boolean {
    if (this.#find(key) !== undefined) return false;
    return Reflect.set(Object.prototype, key, value, receiver);
  }

  deleteProperty(_target: object, key: string | symbol): boolean {
    return this.#find(key) === undefined;
  }

  defineProperty(target: object, key: string | symbol, descriptor: PropertyDescriptor): boolean {
    return Reflect.defineProperty(this.#freeze(target), key, descriptor);
  }

  isExtensible(target: object): boolean {
    return Reflect.isExtensible(this.#freeze(target));
  }

  preventExtensions(target: object): boolean {
    this.#freeze(target);
    return true;
  }

  /** A member's value, which is never undefined. */
  #find(key: string | symbol): unknown {
    if (typeof key === 'symbol') return undefined;
    if (this.#members === undefined && !this.#reads.hasFailed) return this.#findSeen(key);
    return this.#findMember(key, this.#whole());
  }

  #findSeen(key: string): unknown {
    let value = this.#seen?.get(key);
    if (value === undefined) {
      value = this.#reads.member(this.#node, key);
      if (value !== undefined) (this.#seen ??= new Map()).set(key, value);
    }
    return value;
  }

  // Whoever goes through all keys asks for them in order, for each one or two times.
  #findMember(key: string, { keys, values }: Members): unknown {
    if (keys[this.#next] === key) return values[this.#next];
    if (keys[this.#next + 1] === key) return values[++this.#next];
    this.#positions ??= new Map(keys.map((name, position) => [name, position]));
    const position = this.#positions.get(key);
    if (position === undefined) return undefined;
    this.#next = position;
    return values[position];
  }

  #whole(): Members {
    if (this.#members === undefined) {
      this.#members = this.#reads.members(this.#node);
      this.#seen = undefined;
    }
    return this.#members;
  }

  /** From here on the target is the very object this view has passed for, and needs no traps. */
  #freeze(target: object): object {
    const { keys, values } = this.#whole();
    keys.forEach((key, i) => defineMember(target, key, values[i]));
    Object.setPrototypeOf(target, Object.prototype);
    Object.setPrototypeOf(this, null);
    return Object.freeze(target);
  }
}
