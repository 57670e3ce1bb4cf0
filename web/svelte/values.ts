import type { AnyState, Path } from 'isthmus';

import type { PickOf } from '../api/slice-states.js';
import type { ValueAt } from '../api/value-at.js';
import type { Pick } from '../base/picked-path.js';
import { sourceOf } from '../views/path-source.js';
import { reactivePathOf, type AnySlice } from '../views/place.js';
import { findShared } from './context.js';
import { shown, type Shown } from './shown.js';

/**
 * What a pick leads to in a slice's state, or the value at a path; undefined when there is none. Read it as
 * `name.current` or as the store `$name`. It changes only when that value does. Pick and path may use what is
 * reactive, such as props, if it is read by `current`. The pick is recorded as a path: it may only follow
 * properties, indices and `?.`. For what is computed there is {@link useSharedSelector}.
 *
 * @throws IsthmusError `invalid-argument` for a pick that computes, when it is read.
 *
 * @example
 * ```ts
 * import { defineSlice } from 'isthmus';
 * import { payload, set } from 'isthmus/program';
 * import { useSharedValue } from 'isthmus/svelte';
 *
 * const tenant = defineSlice({
 *   name: 'tenant',
 *   initialState: { name: 'Acme' },
 *   reducers: { rename: [set('/name', payload())] },
 * });
 * export const name = useSharedValue(tenant, (state) => state.name); // <b>{name.current}</b>
 * export const theme = useSharedValue(['settings', 'theme']);
 * ```
 */
export function useSharedValue<Slice extends AnySlice, Value>(
  slice: Slice,
  pick: PickOf<Slice, Value>,
): Shown<Value | undefined>;
export function useSharedValue<const Places extends Path>(
  path: Places | (() => Places),
): Shown<ValueAt<AnyState, Places>>;
export function useSharedValue(place: Path | AnySlice | (() => Path), pick?: Pick): Shown<unknown> {
  const { store } = findShared();
  return shown(() => sourceOf(store, reactivePathOf(store, place, pick)));
}
