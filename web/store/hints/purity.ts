import type { Action } from 'redux';

import { tellOnce } from '../../page/tell-once.js';
import { deepFreeze } from '../state/deep-freeze.js';

type AnyReducer = (state: unknown, action: Action) => unknown;

/**
 * In development the reducer of a converging slice runs twice for each action, on a state that it cannot change.
 * Where it makes two states of one, so will it in two tabs: then the console is told. Undefined in production.
 */
export let reduceTwice:
  ((key: string, reducer: AnyReducer, state: unknown, action: Action) => unknown) | undefined;

const twice: NonNullable<typeof reduceTwice> = (key, reducer, state, action) => {
  const next = reducer(deepFreeze(state), action);
  if (!isSame(next, reducer(state, action))) tellImpure(key, action.type);
  return next;
};
/** Bundlers put a constant in; without one, nobody has said that this is production. */
try {
  if (process.env.NODE_ENV !== 'production') reduceTwice = twice;
} catch {
  reduceTwice = twice;
}

function tellImpure(key: string, type: string): void {
  const what = `the reducer of '${key}', which converges, made two different states of the same state and '${type}'`;
  const cure =
    'put times, random numbers and ids into the payload, where every tab finds the same ones';
  tellOnce('impure', `${key} ${type}`, `${what}, so that tabs will not agree: ${cure}.`);
}

/** Of plain data. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [ours, theirs] = [Object.entries(a), Object.entries(b)];
  if (Array.isArray(a) !== Array.isArray(b) || ours.length !== theirs.length) return false;
  return ours.every(([key, value]) => isSame(value, (b as Record<string, unknown>)[key]));
}
