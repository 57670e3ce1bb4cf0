import type { Path } from './types.js';

/** The value in a slice's plain JavaScript state; undefined when any part of the path is missing. */
export function readBelow(state: unknown, path: Path): unknown {
  let at = state;
  for (let i = 1; i < path.length; i++) {
    const token = path[i]!;
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return undefined;
    at = (at as Record<string | number, unknown>)[token];
  }
  return at;
}
