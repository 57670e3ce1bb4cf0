import { DestroyRef, inject, untracked, type Signal } from '@angular/core';
import type { StateOf } from 'isthmus';

import { sourceOf } from '../views/path-source.js';
import type { AnySlice } from '../views/place.js';
import { checkedKeyOf, holdSlice } from '../views/shared.js';
import type { SliceKey } from '../views/slice-key.js';
import { readinessOf } from '../views/source.js';
import { injectShared } from './context.js';
import { shown } from './signals.js';

/**
 * Whether a slice can be used: false while it is absent, loading or failed. Where `SliceStates` names slices, a key
 * that is none of theirs does not compile.
 *
 * @example
 * ```ts
 * import { injectReady } from 'isthmus/angular';
 *
 * // @Component({ ..., template: `@if (isReady()) { ... }` })
 * export class Cart {
 *   readonly isReady = injectReady('cart');
 * }
 * ```
 */
export function injectReady<Key extends string>(key: Key & SliceKey<Key>): Signal<boolean> {
  const readiness = readinessOf(injectShared().store, key);
  return shown(() => readiness);
}

/**
 * Adds a slice, of Isthmus or of Redux Toolkit, until the component is destroyed, and gives its state. The owner
 * is the provided membership or, without one, the slice itself; a store of an app's own needs a membership.
 *
 * @example
 * ```ts
 * import { defineSlice } from 'isthmus';
 * import { injectSharedDispatch, injectSlice } from 'isthmus/angular';
 * import { inc } from 'isthmus/program';
 *
 * const visits = defineSlice({ name: 'visits', initialState: 0, reducers: { add: [inc('')] } });
 * // @Component({ ..., template: `<button (click)="visit()">{{ count() }}</button>` })
 * export class Visits {
 *   readonly #dispatch = injectSharedDispatch();
 *   readonly count = injectSlice(visits);
 *
 *   visit() {
 *     this.#dispatch(visits.actions.add());
 *   }
 * }
 * ```
 */
export function injectSlice<Slice extends AnySlice>(slice: Slice): Signal<StateOf<Slice>> {
  const shared = injectShared();
  const key = checkedKeyOf(slice, 'injectSlice');
  inject(DestroyRef).onDestroy(untracked(() => holdSlice(shared, slice, 'injectSlice')));
  const source = sourceOf(shared.store, [key]);
  return shown(() => source) as Signal<StateOf<Slice>>;
}
