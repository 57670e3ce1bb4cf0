/** What the C++ engine reports; the same list as `ISTHMUS_ERROR_CODES` in src/base/error.h. */
export type EngineErrorCode =
  | 'undecodable'
  | 'limit-exceeded'
  | 'invalid-path'
  | 'invalid-definition'
  | 'step-failed'
  | 'slice-exists'
  | 'slice-missing'
  | 'unknown-id'
  | 'busy'
  | 'too-large'
  | 'not-crossing';

/** Every code an {@link IsthmusError} can carry. */
export type ErrorCode =
  | EngineErrorCode
  | 'engine-missing'
  | 'engine-failed'
  | 'engine-dead'
  | 'engine-load'
  | 'no-store'
  | 'store-exists'
  | 'store-setup'
  | 'not-shared'
  | 'protocol'
  | 'owner-conflict'
  | 'nesting'
  | 'not-ready'
  | 'invalid-argument'
  | 'disposed';

const BRAND = /* @__PURE__ */ Symbol.for('isthmus.error');

/**
 * The base of all errors of this package. `code` says which, `message` what, where and what to do.
 *
 * @example
 * ```ts
 * import { IsthmusError, getSharedStore } from 'isthmus';
 *
 * try {
 *   getSharedStore();
 * } catch (error) {
 *   if (error instanceof IsthmusError && error.code === 'no-store') console.log(error.message);
 * }
 * ```
 */
export class IsthmusError extends Error {
  /** The name of the class. */
  override name = 'IsthmusError';
  /** Which error it is. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    // A number of docs/ERRORS.md: what follows in a build for production are the values of its text.
    super(message.startsWith('#') ? `${code} ${message}` : message, options);
    this.code = code;
    Object.defineProperty(this, BRAND, { value: this.name });
  }

  /** True for errors of every copy of this package on the page, not only of this one. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== IsthmusError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/**
 * A value, a definition or a call that the engine refuses. `where` is a JSON Pointer into what it read.
 *
 * @example
 * ```ts
 * import { EngineError, defineSlice } from 'isthmus';
 * import { payload, set } from 'isthmus/program';
 *
 * const initialState: { at: unknown } = { at: null };
 * const slice = defineSlice({ name: 'visit', initialState, reducers: { begin: [set('/at', payload())] } });
 * try {
 *   slice.reducer(undefined, slice.actions.begin(new Date()));
 * } catch (error) {
 *   if (error instanceof EngineError) console.log(error.code, error.where);
 * }
 * ```
 */
export class EngineError extends IsthmusError {
  /** The name of the class. */
  override name = 'EngineError';
  /** A JSON Pointer into what was read; empty for the whole. */
  readonly where: string;

  constructor(code: ErrorCode, message: string, where = '', options?: { cause?: unknown }) {
    const place = where === '' ? '' : ` (at ${shortened(where)})`;
    super(code, message.endsWith(place) ? message : message + place, options);
    this.where = where;
  }
}

/** A cycle leads on and on. */
function shortened(where: string): string {
  return where.length <= 200 ? where : `${where.slice(0, 100)} ... ${where.slice(-20)}`;
}

/** Which step of which reducer refused which action, and where in the slice's state. */
export interface ReducerFailure {
  /** The name of the slice. */
  slice: string;
  /** The type of the action. */
  action: string;
  /** JSON Pointer into the reducer's list of steps, such as `/0/onMatch/1`. */
  step: string;
  /** JSON Pointer into the slice's state. */
  path: string;
}

/**
 * A step of a native slice that could not apply; with the code `too-large` one in which the action took
 * more than the store's `limits.actionBytes` or `limits.actionSteps`. The state is as it was before.
 *
 * @example
 * ```ts
 * import { ReducerError, defineSlice } from 'isthmus';
 * import { inc } from 'isthmus/program';
 *
 * const initialState = { total: null as number | null };
 * const slice = defineSlice({ name: 'cart', initialState, reducers: { add: [inc('/total')] } });
 * try {
 *   slice.reducer(undefined, slice.actions.add());
 * } catch (error) {
 *   if (error instanceof ReducerError) console.log(error.slice, error.action, error.step, error.path);
 * }
 * ```
 */
export class ReducerError extends EngineError implements ReducerFailure {
  /** The name of the class. */
  override name = 'ReducerError';
  /** The name of the slice. */
  readonly slice: string;
  /** The type of the action. */
  readonly action: string;
  readonly step: string;
  readonly path: string;

  constructor(
    message: string,
    { slice, action, step, path }: ReducerFailure,
    code: 'step-failed' | 'too-large' = 'step-failed',
  ) {
    super(code, `slice '${slice}', action '${action}', step ${step}: ${message}`, path);
    this.slice = slice;
    this.action = action;
    this.step = step;
    this.path = path;
  }
}
