// What can be learned of a value without running code that came with it. Only a Proxy's traps run: a script
// cannot tell that something is one.

import { EncodeError } from './encode-error.js';

/** A member of the object itself; a hole of an array is undefined, whatever its prototype holds. */
export function ownValueOf(container: object, key: string | number): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(container, key);
  if (descriptor === undefined) return undefined;
  if (descriptor.get === undefined && descriptor.set === undefined) return descriptor.value;
  throw new EncodeError('undecodable', 'a getter is not data');
}

/** Objects of another realm (an iframe, a vm context) have another `Object.prototype`. */
export function isObjectPrototype(prototype: unknown): boolean {
  return (
    prototype === Object.prototype ||
    (Object.getPrototypeOf(prototype) === null &&
      Object.hasOwn(prototype as object, 'isPrototypeOf'))
  );
}

/** The name of what made an object with this prototype. */
export function classOf(prototype: object): string {
  const constructor: unknown = valueIn(prototype, 'constructor');
  const name: unknown = typeof constructor === 'function' ? valueIn(constructor, 'name') : '';
  return typeof name === 'string' && name !== '' ? name : 'class instance';
}

function valueIn(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

/** Whether it is a Uint8Array, of any realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return nameOf.call(value) === 'Uint8Array';
}

export function byteLengthIn(bytes: Uint8Array): number {
  return lengthOf.call(bytes) as number;
}

const nameOf = /* @__PURE__ */ getter(Symbol.toStringTag);
const lengthOf = /* @__PURE__ */ getter('byteLength');

function getter(name: string | symbol): (this: unknown) => unknown {
  const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
  return Object.getOwnPropertyDescriptor(typedArray, name)!.get!;
}
