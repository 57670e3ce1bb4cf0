import type { Path } from './types.js';

/** The path as the engine takes it. Tokens of JS slices are compared as strings, too. */
export function toTokens(path: Path): string[] {
  return path.map(String);
}

/** The value below a plain JavaScript value; undefined when any part of the path is missing. */
export function readBelow(value: unknown, tokens: readonly string[]): unknown {
  let at = value;
  for (const token of tokens) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return undefined;
    at = (at as Record<string, unknown>)[token];
  }
  return at;
}
