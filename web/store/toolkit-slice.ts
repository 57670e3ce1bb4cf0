import type { AnySlice } from './slices.js';
import type { ToolkitSlice } from './types.js';

/** What Redux Toolkit made, as a JS slice; any other slice as it is. */
export function asSlice(slice: AnySlice | ToolkitSlice): AnySlice {
  if (!('reducerPath' in slice)) return slice;
  const { reducerPath, reducer, util } = slice;
  return { key: reducerPath, reducer, ...(util && { teardown: util.resetApiState() }) };
}
