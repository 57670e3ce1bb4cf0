import { useContext, useEffect } from 'react';
import type { StateOf } from 'isthmus';

import type { AnySlice } from '../views/place.js';
import { checkedKeyOf, holdSlice } from '../views/shared.js';
import { sharedStoreContext } from './context.js';
import { useSharedStore } from './provider.js';
import { useSharedValue } from './values.js';

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
  const key = checkedKeyOf(slice, 'useSlice');
  useEffect(() => holdSlice({ store, membership }, slice, 'useSlice'), [membership, store, slice]);
  return useSharedValue([key] as string[]) as StateOf<Slice> | undefined;
}
