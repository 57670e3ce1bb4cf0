import { produce } from 'immer';
import { expect } from 'vitest';
import { type Draft, draft } from '../../../web/draft/draft.js';
import { materialize } from '../../../web/draft/materialize.js';
import { Comparison, unfrozenIn } from './random/compare.js';
import { freeze } from './random/data.js';

/** The next state that a recipe makes of a frozen one. */
export function change<T>(base: T, recipe: (draft: Draft<T>) => unknown): T {
  return materialize(draft(base, recipe)) as T;
}

/** The next state, which is what Immer makes with the same recipe, part for part. */
export function changeAsImmer<T>(state: T, recipe: (draft: Draft<T>) => unknown): T {
  const base = freeze(state);
  const theirs = produce(base, recipe as never) as T;
  const ours = change(base, recipe);
  const comparison = new Comparison(base);
  expect(comparison.data(ours, theirs)).toBeUndefined();
  expect(comparison.identity(ours, theirs)).toBeUndefined();
  expect(unfrozenIn(ours)).toBeUndefined();
  return ours;
}
