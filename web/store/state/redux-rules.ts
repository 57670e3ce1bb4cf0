import type { Action } from 'redux';

import { isPlainObject } from '../../base/plain-object.js';

// What Redux refuses, in the words that people know from it and find when they look for them.

/** @throws Error for what is no action. */
export function assertAction(action: unknown): asserts action is Action {
  if (!isPlainObject(action)) {
    throw new Error(
      `Actions must be plain objects. Instead, the actual type was: '${kindOf(action)}'. You may need to add middleware to your store setup to handle dispatching other values, such as 'redux-thunk' to handle dispatching functions.`,
    );
  }
  const { type } = action;
  if (typeof type === 'string') return;
  throw new Error(
    type === undefined
      ? 'Actions may not have an undefined "type" property. You may have misspelled an action type string constant.'
      : `Action "type" property must be a string. Instead, the actual type was: '${kindOf(type)}'. Value was: '${String(type)}' (stringified)`,
  );
}

/** @throws Error for a listener that is none. */
export function assertListener(listener: unknown): void {
  if (typeof listener === 'function') return;
  throw new Error(
    `Expected the listener to be a function. Instead, received: '${kindOf(listener)}'`,
  );
}

/** @throws TypeError for an observer that is none. */
export function assertObserver(observer: unknown): void {
  if (typeof observer === 'object' && observer !== null) return;
  throw new TypeError(
    `Expected the observer to be an object. Instead, received: '${kindOf(observer)}'`,
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return /^(Promise|(Weak)?(Map|Set))$/.test(kind) ? kind : kind.toLowerCase();
}
