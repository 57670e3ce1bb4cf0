import type { Path } from '../api/path.js';

/** The value below a plain JavaScript state; undefined when any part of the path is missing. */
export function readBelow(state: unknown, path: Path, start: number): unknown {
  let at = state;
  for (let i = start; i < path.length; i++) {
    const token = path[i]!;
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return undefined;
    at = (at as Record<string | number, unknown>)[token];
  }
  return at;
}
