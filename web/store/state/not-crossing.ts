import type { Action } from 'redux';

import { IsthmusError } from '../../base/errors.js';

/** Of an action that would change a converging slice in this tab alone; `why` it cannot cross, if it should. */
export function notCrossing(key: string, { type }: Action, why?: string): IsthmusError {
  const message = `the action '${type}' would change the slice '${key}', which converges and changes only by what crosses: mark it with crossApp(), and list it in a contract`;
  const refusal = why === undefined ? '' : `; it cannot cross: ${why}`;
  return new IsthmusError('not-crossing', message + refusal);
}
