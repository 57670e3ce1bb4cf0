import type { AnyState } from 'isthmus';
import type { ComputedRef } from 'vue';

import { assertSelector, selectionOf } from '../views/source.js';
import { shown } from './computed.js';
import { useShared } from './context.js';

type Equality<Selected> = (a: Selected, b: Selected) => boolean;

interface UseSharedSelector {
  <Selected, State = AnyState>(
    selector: (state: State) => Selected,
    isEqual?: Equality<Selected>,
  ): ComputedRef<Selected>;
  /** The same composable, for a state of which the types are known. */
  withTypes<State>(): <Selected>(
    selector: (state: State) => Selected,
    isEqual?: Equality<Selected>,
  ) => ComputedRef<Selected>;
}

/**
 * What a selector makes of the state, as a ref. Runs again when a slice that it has read has changed, or what is
 * reactive and it has used; the ref changes when the result has, by `Object.is` or the given comparison.
 *
 * @example
 * ```ts
 * import { useSharedSelector } from 'isthmus/vue';
 *
 * interface State {
 *   cart?: { items: { qty: number }[] };
 * }
 * export const setup = () => ({
 *   count: useSharedSelector((state: State) =>
 *     (state.cart?.items ?? []).reduce((sum, { qty }) => sum + qty, 0),
 *   ),
 * });
 * ```
 */
export const useSharedSelector: UseSharedSelector = /* @__PURE__ */ Object.assign(
  function useSharedSelector(
    selector: (state: never) => unknown,
    isEqual?: Equality<never>,
  ): never {
    assertSelector(selector, 'useSharedSelector');
    const selection = selectionOf(useShared().store, selector, isEqual as Equality<unknown>);
    return shown(() => selection) as never;
  },
  { withTypes: () => useSharedSelector as never },
);
