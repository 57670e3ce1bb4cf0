import { useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { getSharedStore, type AnyState } from 'isthmus';

import { sharedStoreContext } from './context.js';
import { MountedSelection } from './mounted-selection.js';
import { Selection, type SelectionOptions } from '../views/selection.js';
import { assertSelector } from '../views/source.js';

/** How two results are compared; by `Object.is` by default. */
type Comparison<Selected> = Equality<Selected> | { readonly equalityFn?: Equality<Selected> };

type Equality<Selected> = (a: Selected, b: Selected) => boolean;

/** {@link useSharedSelector} for the state of one's own store, as react-redux names it. */
export type TypedUseSelectorHook<State> = <Selected>(
  selector: (state: State) => Selected,
  comparison?: Comparison<Selected>,
) => Selected;

interface UseSharedSelector {
  <Selected, State = AnyState>(
    selector: (state: State) => Selected,
    comparison?: Comparison<Selected>,
  ): Selected;
  /** The same hook, for a state of which the types are known. */
  withTypes<State>(): TypedUseSelectorHook<State>;
}

/**
 * What a selector makes of the state. Runs again when a slice that it has read has changed, and renders
 * again when its result has, by `Object.is` or the given comparison. It is given a root that records the
 * slices that are read: one that uses the root as a whole (`Object.keys`, spread, `in`, the root
 * itself as its result) runs again whenever any slice has changed. What it returns should not hold the root.
 *
 * @example
 * ```tsx
 * import { useSharedSelector } from 'isthmus/react';
 *
 * interface State {
 *   cart?: { items: { qty: number }[] };
 * }
 * export function CartBadge() {
 *   const count = useSharedSelector((state: State) =>
 *     (state.cart?.items ?? []).reduce((sum, { qty }) => sum + qty, 0),
 *   );
 *   return <b>{count}</b>;
 * }
 * ```
 */
export const useSharedSelector: UseSharedSelector = /* @__PURE__ */ Object.assign(
  function useSharedSelector<Selected>(
    selector: (state: never) => Selected,
    comparison: Comparison<Selected> = Object.is,
  ): Selected {
    const isEqual = equalityOf(comparison as Comparison<unknown>);
    const { store = getSharedStore(), serverState } = useContext(sharedStoreContext());
    assertSelector(selector, 'useSharedSelector');
    // With the store, so that another store is subscribed to anew.
    const [, mounted] = useMemo(() => [store, new MountedSelection()] as const, [store]);
    const selection = useMemo(() => {
      const previous = mounted.get;
      return new Selection({ store, selector, isEqual, serverState, previous });
    }, [store, selector, isEqual, serverState, mounted]);
    useEffect(() => mounted.show(selection), [mounted, selection]);
    const { getSnapshot, getServerSnapshot } = selection;
    return useSyncExternalStore(mounted.subscribe, getSnapshot, getServerSnapshot) as Selected;
  },
  { withTypes: () => useSharedSelector as never },
);

function equalityOf(comparison: Comparison<unknown>): SelectionOptions['isEqual'] {
  return typeof comparison === 'function' ? comparison : (comparison.equalityFn ?? Object.is);
}
