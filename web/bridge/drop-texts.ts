import { ReducerError } from '../base/errors.js';
import type { EncodeError } from '../engine/codec/encode-error.js';

/**
 * Why an action of this page has no binary form, and in which of its fields: further keys are payload. Those
 * that lead to `undefined` are names in the app's code, without which nobody finds it.
 */
export function describe(error: EncodeError): string {
  if (error.isUndefined) return `${error.message} (at ${error.where})`;
  const [, field] = error.where.split('/', 2);
  return field === undefined ? error.message : `${error.message} (in the action's '${field}')`;
}

/** Messages of reducers may hold parts of the payload, even our own: a path may come from it. */
export function describeRefusal(error: unknown): string {
  if (error instanceof ReducerError) {
    const refusal = `slice '${error.slice}' refused it at step ${error.step}`;
    if (error.code !== 'too-large') return refusal;
    return `${refusal}: it takes more than limits.actionBytes or limits.actionSteps allow`;
  }
  return `a reducer threw ${error instanceof Error ? error.name : 'a value that is no error'}`;
}

/** Whether a reducer refused an action for what it takes. */
export function isTooLargeFor(error: unknown): boolean {
  return error instanceof ReducerError && error.code === 'too-large';
}
