import { ownValueOf } from './inert-reads.js';

/** Whether a member that is undefined is as good as absent: one of an action, which lies so deep, or of its meta. */
export function mayBeAbsent(depth: number, ownDepth: number, isInMeta: boolean): boolean {
  return depth <= ownDepth || (depth === ownDepth + 1 && isInMeta);
}

/** The keys that lead to `undefined` in plain data, where it is not as good as absent. */
export function placeOfUndefined(
  value: unknown,
  ownDepth: number,
  path: readonly string[] = [],
): readonly string[] | undefined {
  if (value === undefined) {
    return mayBeAbsent(path.length, ownDepth, path[ownDepth - 1] === 'meta') ? undefined : path;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const keys = Array.isArray(value) ? Array.from(value, (_, i) => `${i}`) : Object.keys(value);
  for (const key of keys) {
    const found = placeOfUndefined(ownValueOf(value, key), ownDepth, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
