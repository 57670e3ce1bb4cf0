import type { StateOf } from 'isthmus';
import { onScopeDispose, type ComputedRef } from 'vue';

import { sourceOf } from '../views/path-source.js';
import type { AnySlice } from '../views/place.js';
import { checkedKeyOf, holdSlice } from '../views/shared.js';
import { readinessOf } from '../views/source.js';
import type { SliceKey } from '../views/slice-key.js';
import { shown } from './computed.js';
import { useShared } from './context.js';

/**
 * Whether a slice can be used: false while it is absent, loading or failed. Where `SliceStates` names slices, a key
 * that is none of theirs does not compile.
 *
 * @example
 * ```ts
 * import { useReady } from 'isthmus/vue';
 *
 * export const setup = () => ({ isReady: useReady('cart') }); // <p v-if="!isReady">...</p>
 * ```
 */
export function useReady<Key extends string>(key: Key & SliceKey<Key>): ComputedRef<boolean> {
  const readiness = readinessOf(useShared().store, key);
  return shown(() => readiness);
}

/**
 * Injects a slice, of Isthmus or of Redux Toolkit, until the component is unmounted, and gives its state. The owner
 * is the provided membership or, without one, the slice itself; a store of an app's own needs a membership.
 *
 * @example
 * ```ts
 * import { defineSlice } from 'isthmus';
 * import { inc } from 'isthmus/program';
 * import { useSharedDispatch, useSlice } from 'isthmus/vue';
 *
 * const visits = defineSlice({ name: 'visits', initialState: 0, reducers: { add: [inc('')] } });
 * export function setup() {
 *   const dispatch = useSharedDispatch();
 *   return { count: useSlice(visits), visit: () => dispatch(visits.actions.add()) };
 * }
 * ```
 */
export function useSlice<Slice extends AnySlice>(slice: Slice): ComputedRef<StateOf<Slice>> {
  const shared = useShared();
  const key = checkedKeyOf(slice, 'useSlice');
  onScopeDispose(holdSlice(shared, slice, 'useSlice'));
  const source = sourceOf(shared.store, [key]);
  return shown(() => source) as ComputedRef<StateOf<Slice>>;
}
