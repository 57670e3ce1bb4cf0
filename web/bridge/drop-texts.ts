import type { EncodeError } from '../engine/encoder.js';
import { ReducerError } from '../engine/errors.js';

/** Why an action of this page has no binary form. Of a stranger's not even the keys are told. */
export function describe(error: EncodeError): string {
  return error.where === '' ? error.message : `${error.message} (at ${error.where})`;
}

/** Messages of reducers may hold parts of the payload, even our own: a path may come from it. */
export function describeRefusal(error: unknown): string {
  if (error instanceof ReducerError)
    return `slice '${error.slice}' refused it at step ${error.step}`;
  return `a reducer threw ${error instanceof Error ? error.name : 'a value that is no error'}`;
}
