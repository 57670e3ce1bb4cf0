import type { Action } from 'redux';

/** The type of the action that {@link SharedStore.hydrate} dispatches. */
export const HYDRATE = '@@isthmus/hydrate';

/** Replaces a slice's state by a snapshot. */
export interface HydrateAction extends Action<typeof HYDRATE> {
  payload: { key: string; snapshot: unknown };
}

export function isHydrate(action: unknown): action is HydrateAction {
  return (action as Partial<Action> | null | undefined)?.type === HYDRATE;
}
