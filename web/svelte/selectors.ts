import type { AnyState } from 'isthmus';

import { assertSelector, selectionOf } from '../views/source.js';
import { findShared } from './context.js';
import { shown, type Shown } from './shown.js';

type Equality<Selected> = (a: Selected, b: Selected) => boolean;

interface UseSharedSelector {
  <Selected, State = AnyState>(
    selector: (state: State) => Selected,
    isEqual?: Equality<Selected>,
  ): Shown<Selected>;
  /** The same function, for a state of which the types are known. */
  withTypes<State>(): <Selected>(
    selector: (state: State) => Selected,
    isEqual?: Equality<Selected>,
  ) => Shown<Selected>;
}

/**
 * What a selector makes of the state. Runs when it is read, and what has read it is run again when a slice that the
 * selector has used has changed; the result is another one by `Object.is` or the given comparison.
 *
 * @example
 * ```ts
 * import { useSharedSelector } from 'isthmus/svelte';
 *
 * interface State {
 *   cart?: { items: { qty: number }[] };
 * }
 * export const count = useSharedSelector((state: State) =>
 *   (state.cart?.items ?? []).reduce((sum, { qty }) => sum + qty, 0),
 * ); // <b>{count.current}</b>
 * ```
 */
export const useSharedSelector: UseSharedSelector = /* @__PURE__ */ Object.assign(
  function useSharedSelector(
    selector: (state: never) => unknown,
    isEqual?: Equality<never>,
  ): never {
    assertSelector(selector, 'useSharedSelector');
    const selection = selectionOf(findShared().store, selector, isEqual as Equality<unknown>);
    return shown(() => selection) as never;
  },
  { withTypes: () => useSharedSelector as never },
);
