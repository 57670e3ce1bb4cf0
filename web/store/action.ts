import { isPlainObject, type Action } from 'redux';

/** Redux's own rules for what may be dispatched. */
export function assertAction(action: unknown): asserts action is Action {
  if (!isOrdinary(action) && !isPlainObject(action)) {
    throw new Error(
      `Actions must be plain objects. Instead, the actual type was: '${kindOf(action)}'. You may need to add middleware to your store setup to handle dispatching other values, such as 'redux-thunk' to handle dispatching functions. See https://redux.js.org/tutorials/fundamentals/part-4-store#middleware and https://redux.js.org/tutorials/fundamentals/part-6-async-logic#using-the-redux-thunk-middleware for examples.`,
    );
  }
  const { type } = action as { type?: unknown };
  if (type === undefined) {
    throw new Error(
      'Actions may not have an undefined "type" property. You may have misspelled an action type string constant.',
    );
  }
  if (typeof type !== 'string') {
    throw new Error(
      `Action "type" property must be a string. Instead, the actual type was: '${kindOf(type)}'. Value was: '${String(type)}' (stringified)`,
    );
  }
}

// Most actions, told from the rest at one look.
function isOrdinary(action: unknown): action is object {
  return (
    typeof action === 'object' &&
    action !== null &&
    Object.getPrototypeOf(action) === Object.prototype
  );
}

/** As Redux names a value in its errors. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return value instanceof Promise ? 'Promise' : typeof value;
}

/** The type of the action that {@link SharedStore.hydrate} dispatches. */
export const HYDRATE = '@@isthmus/hydrate';

/** Replaces a slice's state by a snapshot. */
export interface HydrateAction extends Action<typeof HYDRATE> {
  payload: { key: string; snapshot: unknown };
}

export function isHydrate(action: Action): action is HydrateAction {
  return action.type === HYDRATE;
}
