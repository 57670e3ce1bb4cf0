import { keyOf, type AnySlice } from '../../api/slice.js';
import { IsthmusError } from '../../base/errors.js';

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

/** One slice that is held, or kept though nobody holds it. */
export interface HeldSlice {
  /** Named in errors; of several holders the first. */
  readonly owner: string;
  readonly slice: AnySlice;
  readonly count: number;
  /** How many of the leases each app has. */
  readonly holders: ReadonlyMap<string, number>;
}
