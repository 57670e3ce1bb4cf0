/** Sets a member of an object's own; `__proto__` is a key like any other. */
export function define(object: object, key: string, value: unknown): void {
  if (key !== '__proto__') (object as Record<string, unknown>)[key] = value;
  else {
    const data = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(object, key, data);
  }
}
