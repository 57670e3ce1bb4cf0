import { useContext, useEffect } from 'react';
import { assertShared, IsthmusError, joinSharedStore, type StateOf } from 'isthmus';

import { keyOf } from '../api/slice.js';
import { sharedStoreContext } from './context.js';
import type { AnySlice } from './place.js';
import { useSharedStore } from './provider.js';
import { useSharedValue } from './values.js';

function checkedKeyOf(slice: AnySlice | null | undefined): string {
  const key = typeof slice === 'object' && slice !== null && keyOf(slice);
  if (typeof key === 'string') return key;
  const why = 'useSlice takes a slice of defineSlice or of Redux Toolkit, or { key, reducer }';
  throw new IsthmusError('invalid-argument', `${why}; it was given ${slice && typeof slice}`);
}

/**
 * Injects a slice, of Isthmus or of Redux Toolkit, while the component is mounted and returns its state; undefined until the effect has
 * injected it. The owner is the provider's membership or, without one, the slice itself; a store of an
 * app's own needs a membership, since only the page's stores can be joined from here.
 *
 * @example
 * ```tsx
 * import { defineSlice } from 'isthmus';
 * import { inc } from 'isthmus/program';
 * import { useSharedDispatch, useSlice } from 'isthmus/react';
 *
 * const visits = defineSlice({ name: 'visits', initialState: 0, reducers: { add: [inc('')] } });
 * export function Visits() {
 *   const count = useSlice(visits);
 *   const dispatch = useSharedDispatch();
 *   return <button onClick={() => dispatch(visits.actions.add())}>{count ?? '...'}</button>;
 * }
 * ```
 */
export function useSlice<Slice extends AnySlice>(slice: Slice): StateOf<Slice> | undefined {
  const { membership } = useContext(sharedStoreContext());
  const store = useSharedStore();
  const key = checkedKeyOf(slice);
  useEffect(() => {
    if (membership === undefined) {
      assertShared(store);
      return joinSharedStore({ app: `useSlice(${key})`, name: store.name, slices: [slice] }).leave;
    }
    const lease = membership.inject(slice);
    return () => lease.dispose();
  }, [membership, store, slice, key]);
  return useSharedValue([key] as string[]) as StateOf<Slice> | undefined;
}
