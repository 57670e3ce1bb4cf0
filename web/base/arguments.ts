import { EngineError, IsthmusError } from './errors.js';
import { isPlainObject } from './plain-object.js';

// What comes from JavaScript, where no compiler has looked at it: what was wanted, what came, what to do.

/** An argument that is not what the sentence in `wanted` says. */
export function wrongArgument(wanted: string, given: unknown): IsthmusError {
  return new IsthmusError('invalid-argument', `${wanted}; it was given ${kindOf(given)}`);
}

/** What a value is, without saying what it holds. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (isPlainObject(value)) return 'an object';
  return `an object of the class ${value.constructor?.name ?? 'without a name'}`;
}

export function assertFunction(value: unknown, what: string): void {
  if (typeof value !== 'function') throw wrongArgument(`${what} must be a function`, value);
}

/** The key of a slice is its name, wherever one is asked for. */
export function assertKey(key: unknown, call: string): asserts key is string {
  if (typeof key === 'string') return;
  throw wrongArgument(`${call} takes the key of a slice, such as 'cart' or cart.name`, key);
}

/** @throws EngineError `invalid-path`, with the array that was meant where a string was given. */
export function assertPath(path: unknown): void {
  if (Array.isArray(path)) return;
  const wanted = "a path is an array of keys, such as ['cart', 'items', 0]";
  if (typeof path !== 'string') {
    throw new EngineError('invalid-path', `${wanted}; it was given ${kindOf(path)}`);
  }
  const tokens = path.split(/[/.]/).filter((token) => token !== '');
  const meant = `[${tokens.map((token) => `'${token}'`).join(', ')}]`;
  throw new EngineError('invalid-path', `${wanted}; write ${meant} instead of '${path}'`);
}

/**
 * What cannot be the state of any slice, or not of this one. The engine itself refuses for its slices
 * what is no data.
 */
export function assertSnapshot(key: string, snapshot: unknown, state: unknown): void {
  const isValue = snapshot !== undefined && typeof snapshot !== 'function';
  if (isValue && !isForeignInstance(snapshot, state)) return;
  const then = (snapshot as { then?: unknown } | undefined)?.then;
  const cure = typeof then === 'function' ? ': await it first' : '';
  throw wrongArgument(
    `hydrate('${key}', snapshot) takes the whole state of the slice${cure}`,
    snapshot,
  );
}

/** Whether it is of a class that the state is not of; an error with the place is the engine's to give. */
function isForeignInstance(snapshot: unknown, state: unknown): boolean {
  if (typeof snapshot !== 'object' || snapshot === null) return typeof snapshot === 'symbol';
  if (Array.isArray(snapshot) || isPlainObject(snapshot)) return false;
  if (typeof state !== 'object' || state === null) return true;
  return Object.getPrototypeOf(snapshot) !== Object.getPrototypeOf(state);
}
