import type { Path } from 'isthmus';
import type { Step } from 'isthmus/program';

const entity = (table: string, key: string) => [
  [table],
  [table, 'ids'],
  [table, 'ids', 0],
  [table, 'entities'],
  [table, 'entities', key],
  [table, 'entities', key, 'n'],
];

/** Paths into a random session's state that a store is asked about before and after each action. */
export const OBSERVED: readonly Path[] = [
  [],
  ...[
    [],
    ['free'],
    ['free', 'n'],
    ['free', 'list'],
    ['free', 'list', 0],
    ['free', 'list', 2, 'k'],
    ['free', 'object'],
    ['free', 'object', 'k'],
    ['free', 'object', '3'],
    ['free', 'object', '__proto__'],
    ['free', 'missing', 'x'],
    ['items'],
    ['items', 0],
    ['items', 0, 'q'],
    ['items', 1, 'sku'],
    ['items', 40],
    ...entity('people', 'k1'),
    ...entity('ranks', '0'),
    ...entity('codes', '1'),
    ...entity('parts', 'k1'),
    ...entity('sizes', 'k2'),
  ].map((path) => ['random', ...path]),
];

export function demand(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}

/** Steps that move nothing that keeps its content, and write no place twice. */
const WRITES =
  /^(set|inc|merge|push|upsert|updateWhere|setOne|setAll|removeAll|(add|update|upsert|remove)(One|Many))$/;

/**
 * Whether a reducer is a single write: what is equal after it must be the same reference. Several
 * steps may change a value and change it back, as may setMany, and upsertMany with onMatch, when an
 * id comes twice; a match that takes its item out lets an equal neighbour into its place; `reset`
 * gives the initial state's own references; the set steps of a sorted table, like Redux Toolkit's,
 * remove what they replace.
 */
export function isWrite(steps: readonly Step[]): boolean {
  const [step] = steps;
  if (step === undefined || steps.length > 1 || !WRITES.test(step.op)) return false;
  const { onMatch = [] } = step as { onMatch?: readonly Step[] };
  if (onMatch.length > (step.op === 'upsertMany' ? 0 : 1)) return false;
  if (onMatch[0]?.op === 'unset' || onMatch[0]?.op === 'remove') return false;
  return !(step.op.startsWith('set') && 'sortBy' in step);
}
