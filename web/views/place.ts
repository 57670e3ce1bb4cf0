import type { Path, SharedStore, Slice, ToolkitSlice } from 'isthmus';

import { keyOf } from '../api/slice.js';
import { pickedPath, type Pick } from '../base/picked-path.js';

/** A slice as views take it. */
export type AnySlice = Slice | ToolkitSlice;

/** The path to what a view shows. The store says what is wrong with what is none. */
export function pathOf(store: SharedStore, place: Path | AnySlice, pick: Pick | undefined): Path {
  if (isPath(place)) return place;
  const isSlice = typeof place === 'object' && place !== null;
  const path = isSlice && typeof pick === 'function' ? pickedPath(pick) : undefined;
  if (path === undefined) store.read(place, pick as () => unknown);
  return [keyOf(place), ...path!];
}

/** As {@link pathOf}, where place and pick may read what is reactive, so that neither is remembered. */
export function reactivePathOf(
  store: SharedStore,
  place: Path | AnySlice | (() => Path),
  pick: Pick | undefined,
): Path {
  const current = typeof place === 'function' ? place() : place;
  return pathOf(store, current, typeof pick === 'function' ? (state) => pick(state) : pick);
}

function isPath(place: Path | AnySlice): place is Path {
  return Array.isArray(place);
}
