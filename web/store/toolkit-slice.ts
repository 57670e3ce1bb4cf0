import type { AnySlice } from './slices.js';
import type { ToolkitSlice } from './types.js';

/** What Redux Toolkit made, as a JS slice; any other slice as it is. Apps may share one api. */
export function asSlice(slice: AnySlice | ToolkitSlice): AnySlice {
  if ('key' in slice || !('reducerPath' in slice)) return slice;
  const { reducerPath, reducer, actions = {}, util } = slice;
  const own = { key: reducerPath, reducer, actions };
  return util === undefined ? own : { ...own, teardown: util.resetApiState(), isShared: true };
}
