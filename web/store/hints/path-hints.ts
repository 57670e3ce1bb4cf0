import type { Path } from '../../base/path.js';
import { nearest } from '../../base/nearest.js';
import { isPlainObject } from '../../base/plain-object.js';

/** A state that has so many members begins as a dictionary, not as a record. */
const RECORD = 50;

/**
 * What to tell of a path where nothing is; undefined where something may yet come. A path is wrong for
 * certain only in a record: an object that has begun with these very members. Ids that are missing in a
 * dictionary, elements beyond an array's end and what is below null are nothing unusual.
 */
export function whatIsWrongWith(
  path: Path,
  state: unknown,
  initialState: unknown,
): string | undefined {
  let at = state;
  let initial = initialState;
  for (let i = 1; i < path.length; i++) {
    const token = path[i]!;
    const place = show(path.slice(0, i));
    if (typeof token === 'number' || at === null || at === undefined) return undefined;
    if (typeof at !== 'object') return `${place} is a ${typeof at}, and nothing is below it`;
    if (Array.isArray(at)) return isIndex(token) ? undefined : `${place} is an array`;
    if (Object.hasOwn(at, token)) {
      at = (at as Record<string, unknown>)[token];
      initial = isPlainObject(initial) ? initial[token] : undefined;
    } else {
      return isRecord(at, initial, i) ? missing(path, i, Object.keys(at)) : undefined;
    }
  }
  return undefined;
}

function missing(path: Path, i: number, keys: readonly string[]): string {
  const place = show(path.slice(0, i));
  const meant = nearest(String(path[i]), keys);
  const cure =
    meant === undefined
      ? 'What is to come later should be null in the initial state'
      : `Did you mean ${show([...path.slice(0, i), meant, ...path.slice(i + 1)])}?`;
  return `${place} has ${keys.map((key) => `'${key}'`).join(', ')}, but no '${path[i]}'. ${cure}`;
}

/** Whether the members are those it has begun with, and none of many alike. */
function isRecord(at: object, initial: unknown, depth: number): boolean {
  if (!isPlainObject(initial)) return false;
  const keys = Object.keys(initial);
  if (keys.length === 0 || keys.length > RECORD) return false;
  const isUnchanged = Object.keys(at).every((key) => Object.hasOwn(initial, key));
  return isUnchanged && !(depth > 1 && areAlike(Object.values(initial)));
}

function areAlike(values: readonly unknown[]): boolean {
  const shapes = values.map((value) => isPlainObject(value) && Object.keys(value).sort().join());
  return shapes.every((shape) => shape !== false && shape === shapes[0]);
}

function isIndex(token: string): boolean {
  return /^(0|[1-9]\d*)$/.test(token);
}

/** A path as one would write it. */
export function show(path: Path): string {
  const tokens = path.map((token) => (typeof token === 'number' ? token : `'${token}'`));
  return `[${tokens.join(', ')}]`;
}
