import type { NeverPath } from 'isthmus';

/**
 * A snapshot with the parts that never left, as they are in `current`: a token that is null until the user
 * logs in is so again, instead of missing. Members of an object are found by their keys, also for a `*`;
 * elements of an array are not, since nothing tells which of them are the same.
 */
export function withNeverParts(
  snapshot: unknown,
  current: unknown,
  never: readonly NeverPath[] = [],
): unknown {
  return never.reduce((filled: unknown, one) => {
    const [, ...tokens] = (typeof one === 'string' ? one : one.path).split('/');
    return filledAt(filled, current, tokens.map(unescaped));
  }, snapshot);
}

function filledAt(target: unknown, source: unknown, tokens: readonly string[]): unknown {
  const [key, ...rest] = tokens;
  if (key === undefined) return source;
  if (key === '*' && isRecord(source)) {
    return Object.keys(source).reduce(
      (filled, each) => filledMember(filled, source, each, rest),
      target,
    );
  }
  return filledMember(target, source, key, rest);
}

function filledMember(
  target: unknown,
  source: unknown,
  key: string,
  rest: readonly string[],
): unknown {
  if (!isRecord(target) || !isRecord(source) || !Object.hasOwn(source, key)) return target;
  if (rest.length > 0 && !Object.hasOwn(target, key)) return target;
  const member = filledAt(target[key], source[key], rest);
  return Object.fromEntries([
    ...Object.entries(target).filter(([name]) => name !== key),
    [key, member],
  ]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of a token of a JSON Pointer. */
function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
