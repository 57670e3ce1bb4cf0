import type { NeverPath } from '../api/contract.js';

/**
 * The first dotted path at which steps read a part of the payload that never leaves, or what is in it. What
 * converges sees the action as it crosses, so that nothing is there.
 */
export function neverReadBy(steps: unknown, never: readonly NeverPath[]): string | undefined {
  const paths = never.map((each) => tokensOf(typeof each === 'string' ? each : each.path));
  const reads = [...payloadReads(JSON.parse(JSON.stringify(steps)))];
  return reads.find((read) => paths.some((path) => isWithin(read.split('.'), path)));
}

/** In a rule of another kind the text would be data, which `literal` marks. */
function* payloadReads(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const path: unknown = Array.isArray(part) ? part[0] : part;
    if (key === 'var' && typeof path === 'string' && path.startsWith('payload.')) {
      yield path.slice('payload.'.length);
    } else if (key !== 'literal') {
      yield* payloadReads(part);
    }
  }
}

function tokensOf(pointer: string): string[] {
  const tokens = pointer.split('/').slice(1);
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function isWithin(read: readonly string[], path: readonly string[]): boolean {
  return path.every((token, i) => token === read[i] || (token === '*' && read[i] !== undefined));
}
