import { useContext, useEffect } from 'react';
import { assertShared, IsthmusError, joinSharedStore, type Slice } from 'isthmus';

import { keyOf } from '../api/slice.js';
import { sharedStoreContext } from './context.js';
import { useSharedStore } from './provider.js';
import { useSharedValue } from './values.js';

type StateOf<S> = S extends { reducer: (...args: never[]) => infer State } ? State : never;

function checkedKeyOf(slice: Slice | null | undefined): string {
  const key = typeof slice === 'object' && slice !== null && keyOf(slice);
  if (typeof key === 'string') return key;
  const why = 'useSlice takes a slice of defineSlice, or { key, reducer }';
  throw new IsthmusError('invalid-argument', `${why}; it was given ${slice && typeof slice}`);
}

/**
 * Injects a slice while the component is mounted and returns its state; undefined until the effect has
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
export function useSlice<S extends Slice>(slice: S): StateOf<S> | undefined {
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
  return useSharedValue([key]) as StateOf<S> | undefined;
}
