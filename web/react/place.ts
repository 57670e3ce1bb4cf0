import type { Path, SharedStore, Slice, ToolkitSlice } from 'isthmus';

import { keyOf } from '../api/slice.js';
import { pickedPath, type Pick } from '../base/picked-path.js';

/** A slice as hooks take it. */
export type AnySlice = Slice | ToolkitSlice;

/** The path to what a hook shows. The store says what is wrong with what is none. */
export function pathOf(store: SharedStore, place: Path | AnySlice, pick: Pick | undefined): Path {
  if (isPath(place)) return place;
  const isSlice = typeof place === 'object' && place !== null;
  const path = isSlice && typeof pick === 'function' ? pickedPath(pick) : undefined;
  if (path === undefined) store.read(place, pick as () => unknown);
  return [keyOf(place), ...path!];
}

function isPath(place: Path | AnySlice): place is Path {
  return Array.isArray(place);
}
