import type { Signal } from '@angular/core';
import type { AnyState } from 'isthmus';

import { assertSelector, selectionOf } from '../views/source.js';
import { injectShared } from './context.js';
import { shown } from './signals.js';

type Equality<Selected> = (a: Selected, b: Selected) => boolean;

interface InjectSharedSelector {
  <Selected, State = AnyState>(
    selector: (state: State) => Selected,
    isEqual?: Equality<Selected>,
  ): Signal<Selected>;
  /** The same function, for a state of which the types are known. */
  withTypes<State>(): <Selected>(
    selector: (state: State) => Selected,
    isEqual?: Equality<Selected>,
  ) => Signal<Selected>;
}

/**
 * What a selector makes of the state, as a signal. Runs again when a slice that it has read has changed, or a signal;
 * the result changes when it is another one by `Object.is` or the given comparison.
 *
 * @example
 * ```ts
 * import { injectSharedSelector } from 'isthmus/angular';
 *
 * interface State {
 *   cart?: { items: { qty: number }[] };
 * }
 * // @Component({ ..., template: `{{ count() }}` })
 * export class CartBadge {
 *   readonly count = injectSharedSelector((state: State) =>
 *     (state.cart?.items ?? []).reduce((sum, { qty }) => sum + qty, 0),
 *   );
 * }
 * ```
 */
export const injectSharedSelector: InjectSharedSelector = /* @__PURE__ */ Object.assign(
  function injectSharedSelector(
    selector: (state: never) => unknown,
    isEqual?: Equality<never>,
  ): never {
    assertSelector(selector, 'injectSharedSelector');
    const selection = selectionOf(injectShared().store, selector, isEqual as Equality<unknown>);
    return shown(() => selection) as never;
  },
  { withTypes: () => injectSharedSelector as never },
);
