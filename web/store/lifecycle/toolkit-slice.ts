import { isNativeSlice, type AnySlice, type ToolkitSlice } from '../../api/slice.js';
import { assertFunction, kindOf } from '../../base/arguments.js';
import { EngineError } from '../../base/errors.js';

/**
 * What Redux Toolkit made, as a JS slice; any other slice as it is. Apps may share one api.
 *
 * @throws EngineError `invalid-definition` for what is no slice; `where` is a JSON Pointer to it.
 */
export function asSlice(slice: AnySlice | ToolkitSlice, where = ''): AnySlice {
  assertSlice(slice, where);
  if (isNativeSlice(slice) || !('reducerPath' in slice)) return slice;
  const { reducerPath, reducer, actions = {}, util } = slice;
  const own = { key: reducerPath, reducer, actions };
  return util === undefined ? own : { ...own, teardown: util.resetApiState(), isShared: true };
}

function assertSlice(slice: unknown, where: string): void {
  if (typeof slice === 'object' && slice !== null) {
    if (isNativeSlice(slice)) return;
    const { key, reducerPath, reducer } = slice as Record<string, unknown>;
    const name = key ?? reducerPath;
    if (typeof name === 'string') return assertFunction(reducer, `the reducer of slice '${name}'`);
  }
  const wanted =
    'a slice comes from defineSlice or Redux Toolkit, or is { key, reducer } with a Redux reducer';
  const why =
    slice === undefined ? ': its module has no such export, or is imported in a circle' : '';
  const message = `${wanted}; it was given ${kindOf(slice)}${why}`;
  throw new EngineError('invalid-definition', message, where);
}
