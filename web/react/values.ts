import { useContext, useSyncExternalStore } from 'react';
import { getSharedStore, type AnyState, type Path } from 'isthmus';

import type { PickOf } from '../api/slice-states.js';
import type { ValueAt } from '../api/value-at.js';
import type { Pick } from '../base/picked-path.js';
import { sharedStoreContext } from './context.js';
import { readIn, sourceOf } from '../views/path-source.js';
import { pathOf, type AnySlice } from '../views/place.js';

/**
 * What a pick leads to in a slice's state, or the value at a path; undefined when there is none. Renders again only
 * when that value changes. The pick is recorded as a path: it may only follow properties, indices and `?.`. For
 * what is computed there is {@link useSharedSelector}.
 *
 * @throws IsthmusError `invalid-argument` for a pick that computes.
 *
 * @example
 * ```tsx
 * import { defineSlice } from 'isthmus';
 * import { payload, set } from 'isthmus/program';
 * import { useSharedValue } from 'isthmus/react';
 *
 * const tenant = defineSlice({
 *   name: 'tenant',
 *   initialState: { name: 'Acme' },
 *   reducers: { rename: [set('/name', payload())] },
 * });
 * export const TenantName = () => <b>{useSharedValue(tenant, (state) => state.name) ?? 'none'}</b>;
 * export const Theme = () => <i>{String(useSharedValue(['settings', 'theme']))}</i>;
 * ```
 */
export function useSharedValue<Slice extends AnySlice, Value>(
  slice: Slice,
  pick: PickOf<Slice, Value>,
): Value | undefined;
export function useSharedValue<const Places extends Path>(path: Places): ValueAt<AnyState, Places>;
export function useSharedValue(place: Path | AnySlice, pick?: Pick): unknown {
  const { store = getSharedStore(), serverState } = useContext(sharedStoreContext());
  const path = pathOf(store, place, pick);
  const { subscribe, getSnapshot } = sourceOf(store, path);
  const getServerSnapshot =
    serverState === undefined ? getSnapshot : () => readIn(serverState, path);
  return useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot);
}
