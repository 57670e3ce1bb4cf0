import type { Action } from 'redux';

import { reduxRules } from './redux-rules.js';

/** Redux's own rules for what may be dispatched. */
export function assertAction(action: unknown): asserts action is Action {
  if (!isOrdinary(action)) reduxRules().dispatch(action as Action);
}

// Most actions, told from the rest at one look.
function isOrdinary(action: unknown): boolean {
  return (
    typeof action === 'object' &&
    action !== null &&
    Object.getPrototypeOf(action) === Object.prototype &&
    typeof (action as { type?: unknown }).type === 'string'
  );
}

/** The type of the action that {@link SharedStore.hydrate} dispatches. */
export const HYDRATE = '@@isthmus/hydrate';

/** Replaces a slice's state by a snapshot. */
export interface HydrateAction extends Action<typeof HYDRATE> {
  payload: { key: string; snapshot: unknown };
}

export function isHydrate(action: unknown): action is HydrateAction {
  return (action as Partial<Action> | null | undefined)?.type === HYDRATE;
}
