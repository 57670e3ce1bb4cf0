import type { Action } from 'redux';

import { wrongArgument } from '../base/arguments.js';

/** `meta.origin` of an action that came over the bridge. */
export const BRIDGED = '__bridged__';

interface Meta {
  crossApp?: unknown;
  origin?: unknown;
}

/** An action, and no action creator, which has a type, too. */
type Called = Action & { readonly apply?: 'call the action creator' };

/**
 * Marks an action to cross: it goes to the stores that its contract lists, in this tab and in others. Only
 * data crosses as it is: an action with `undefined` in its payload, such as RTK's `updateOne({ id, changes:
 * { assignee: undefined } })`, stays at home and is told to `onDrop`, since what is undefined here would be absent there.
 *
 * @example
 * ```ts
 * import { crossApp } from 'isthmus';
 *
 * crossApp({ type: 'auth/logout' }); // { type: 'auth/logout', meta: { crossApp: true } }
 * ```
 */
export function crossApp<A extends Called>(action: A): A & { meta: { crossApp: true } } {
  if (typeof action !== 'object' || typeof (action as A | null)?.type !== 'string') {
    const wanted = 'crossApp takes an action, an object with a type: crossApp(add(1))';
    throw wrongArgument(wanted, action);
  }
  return { ...action, meta: { ...metaOf(action), crossApp: true } };
}

/**
 * Whether an action came over the bridge, so that effects which its sender ran already can be left out.
 *
 * @example
 * ```ts
 * import { isBridged, type Middleware } from 'isthmus';
 *
 * const analytics: Middleware = () => (next) => (action) => {
 *   if (!isBridged(action)) console.log('once per user, not once per tab', action);
 *   return next(action);
 * };
 * ```
 */
export function isBridged(action: unknown): boolean {
  return metaOf(action).origin === BRIDGED;
}

/** Whether an action asks to cross. What came over the bridge is never sent again. */
export function wantsToCross(action: unknown): boolean {
  const meta = metaOf(action);
  return meta.crossApp === true && meta.origin !== BRIDGED;
}

const NO_META: Meta = {};

function metaOf(action: unknown): Meta {
  const meta = (action as { meta?: unknown } | null | undefined)?.meta;
  return typeof meta === 'object' && meta !== null ? meta : NO_META;
}
