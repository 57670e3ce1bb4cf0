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

/** Where a value stands in the state: keys of objects and indices of arrays, from the root. */
export type Path = readonly (string | number)[];

/** A path as a JSON Pointer (RFC 6901). */
export function pointerTo(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
