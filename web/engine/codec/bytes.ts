// What is told of a value without running code of its own: Proxies and own properties are not asked.
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const nameOf = getter(Symbol.toStringTag);
const lengthOf = getter('byteLength');

/** Whether it is a Uint8Array, of any realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return nameOf.call(value) === 'Uint8Array';
}

export function byteLengthIn(bytes: Uint8Array): number {
  return lengthOf.call(bytes) as number;
}

function getter(name: string | symbol): (this: unknown) => unknown {
  return Object.getOwnPropertyDescriptor(typedArray, name)!.get!;
}
