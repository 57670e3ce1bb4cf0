/** Whether a value is an object of no class, of this realm or another. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Assigning to `__proto__` would set the prototype; as a member it is a key like any other. */
export function defineMember(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** Sets one of an object's own; `__proto__` is a key like any other. */
export function setMember(object: object, key: string, value: unknown): void {
  if (key === '__proto__') defineMember(object, key, value);
  else (object as Record<string, unknown>)[key] = value;
}
