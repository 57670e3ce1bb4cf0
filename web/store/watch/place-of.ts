import { keyOf, type AnySlice, type ToolkitSlice } from '../../api/slice.js';
import { assertFunction, assertPath } from '../../base/arguments.js';
import { IsthmusError } from '../../base/errors.js';
import type { Path } from '../../base/path.js';
import { NO_PICK, pickedPath, type Pick } from '../../base/picked-path.js';
import { asSlice } from '../lifecycle/toolkit-slice.js';

/** A path, or a slice of which something is picked. */
export type Place = Path | AnySlice | ToolkitSlice;

/**
 * The path to what is picked of a slice, or the path that is given.
 *
 * @throws IsthmusError `invalid-argument` for a pick that computes.
 */
export function placeOf(place: Place, pick: Pick | undefined): Path {
  if (isPath(place)) return place;
  if (pick === undefined) assertPath(place);
  const slice = asSlice(place);
  assertFunction(pick, 'what picks of a slice');
  const path = pickedPath(pick!);
  if (path === undefined) throw new IsthmusError('invalid-argument', NO_PICK);
  return [keyOf(slice), ...path];
}

/** Also of another realm. Whatever else is given with one, as `map` does, is not looked at. */
function isPath(place: Place): place is Path {
  return Array.isArray(place);
}
