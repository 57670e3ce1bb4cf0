import type { AnyState, Path } from 'isthmus';
import type { ComputedRef } from 'vue';

import type { PickOf } from '../api/slice-states.js';
import type { ValueAt } from '../api/value-at.js';
import type { Pick } from '../base/picked-path.js';
import { sourceOf } from '../views/path-source.js';
import { reactivePathOf, type AnySlice } from '../views/place.js';
import { useShared } from './context.js';
import { shown } from './computed.js';

/**
 * What a pick leads to in a slice's state, or the value at a path, as a ref; undefined when there is none. It changes
 * only when that value does, and is not made reactive within: states are plain data. Pick and path may use what is
 * reactive, such as props. The pick is recorded as a path: it may only follow properties, indices and `?.`. For
 * what is computed there is {@link useSharedSelector}.
 *
 * @throws IsthmusError `invalid-argument` for a pick that computes.
 *
 * @example
 * ```ts
 * import { defineSlice } from 'isthmus';
 * import { payload, set } from 'isthmus/program';
 * import { useSharedValue } from 'isthmus/vue';
 *
 * const tenant = defineSlice({
 *   name: 'tenant',
 *   initialState: { name: 'Acme' },
 *   reducers: { rename: [set('/name', payload())] },
 * });
 * export function setup(props: { sku: string }) {
 *   const name = useSharedValue(tenant, (state) => state.name); // its value is a string or undefined
 *   const price = useSharedValue(() => ['prices', props.sku]);
 *   return { name, price };
 * }
 * ```
 */
export function useSharedValue<Slice extends AnySlice, Value>(
  slice: Slice,
  pick: PickOf<Slice, Value>,
): ComputedRef<Value | undefined>;
export function useSharedValue<const Places extends Path>(
  path: Places | (() => Places),
): ComputedRef<ValueAt<AnyState, Places>>;
export function useSharedValue(
  place: Path | AnySlice | (() => Path),
  pick?: Pick,
): ComputedRef<unknown> {
  const { store } = useShared();
  return shown(() => sourceOf(store, reactivePathOf(store, place, pick)));
}
