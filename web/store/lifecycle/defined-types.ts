import { keyOf, type AnySlice } from '../../api/slice.js';
import { IsthmusError } from '../../base/errors.js';
import type { HeldSlice } from './leases.js';

/** The action types that a slice has creators for; without `actions` it tells none. */
export function definedTypes(slice: AnySlice): readonly string[] {
  const { actions = {} } = slice as { actions?: object };
  return Object.values(actions as Record<string, { type?: unknown } | undefined>)
    .map((creator) => creator?.type)
    .filter((type) => typeof type === 'string');
}

/**
 * Two apps that define one action type would each reduce what the other means.
 *
 * @throws IsthmusError `owner-conflict` naming both.
 */
export function assertTypesFree(
  held: ReadonlyMap<string, HeldSlice>,
  app: string,
  brought: AnySlice,
): void {
  const types = new Set(definedTypes(brought));
  if (types.size === 0) return;
  for (const [key, { owner, holders, slice }] of held) {
    if (key === keyOf(brought) || owner === app || holders.has(app)) continue;
    const type = definedTypes(slice).find((candidate) => types.has(candidate));
    if (type !== undefined)
      throw taken(type, `'${key}' of '${owner}'`, `'${keyOf(brought)}' of '${app}'`);
  }
}

function taken(type: string, definer: string, other: string): IsthmusError {
  const message = `the action type '${type}' is defined by the slice ${definer}; the slice ${other} cannot define it, too: rename one of them`;
  return new IsthmusError('owner-conflict', message);
}
