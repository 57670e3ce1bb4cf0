import type { StateOf } from 'isthmus';
import { onDestroy, untrack } from 'svelte';

import { sourceOf } from '../views/path-source.js';
import type { AnySlice } from '../views/place.js';
import { checkedKeyOf, holdSlice } from '../views/shared.js';
import { readinessOf } from '../views/source.js';
import type { SliceKey } from '../views/slice-key.js';
import { findShared } from './context.js';
import { shown, type Shown } from './shown.js';

/**
 * Whether a slice can be used: false while it is absent, loading or failed. Where `SliceStates` names slices, a key
 * that is none of theirs does not compile.
 *
 * @example
 * ```ts
 * import { useReady } from 'isthmus/svelte';
 *
 * export const isReady = useReady('cart'); // {#if isReady.current}...{/if}
 * ```
 */
export function useReady<Key extends string>(key: Key & SliceKey<Key>): Shown<boolean> {
  const readiness = readinessOf(findShared().store, key);
  return shown(() => readiness);
}

/**
 * Injects a slice, of Isthmus or of Redux Toolkit, until the component is destroyed, and gives its state. The owner
 * is the provided membership or, without one, the slice itself; a store of an app's own needs a membership.
 *
 * @example
 * ```ts
 * import { defineSlice } from 'isthmus';
 * import { inc } from 'isthmus/program';
 * import { useSharedDispatch, useSlice } from 'isthmus/svelte';
 *
 * const visits = defineSlice({ name: 'visits', initialState: 0, reducers: { add: [inc('')] } });
 * const dispatch = useSharedDispatch();
 * export const count = useSlice(visits); // <b>{count.current}</b>
 * export const visit = () => dispatch(visits.actions.add());
 * ```
 */
export function useSlice<Slice extends AnySlice>(slice: Slice): Shown<StateOf<Slice>> {
  const shared = findShared();
  const key = checkedKeyOf(slice, 'useSlice');
  onDestroy(untrack(() => holdSlice(shared, slice, 'useSlice')));
  const source = sourceOf(shared.store, [key]);
  return shown(() => source) as Shown<StateOf<Slice>>;
}
