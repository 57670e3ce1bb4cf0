import type { Signal } from '@angular/core';
import type { AnyState, Path } from 'isthmus';

import type { PickOf } from '../api/slice-states.js';
import type { ValueAt } from '../api/value-at.js';
import type { Pick } from '../base/picked-path.js';
import { sourceOf } from '../views/path-source.js';
import { reactivePathOf, type AnySlice } from '../views/place.js';
import { injectShared } from './context.js';
import { shown } from './signals.js';

/**
 * What a pick leads to in a slice's state, or the value at a path, as a signal; undefined when there is none. It
 * changes only when that value does. Pick and path may read signals, such as inputs. The pick is recorded as a path:
 * it may only follow properties, indices and `?.`. For what is computed there is {@link injectSharedSelector}.
 *
 * @throws IsthmusError `invalid-argument` for a pick that computes, when the signal is read.
 *
 * @example
 * ```ts
 * import { input } from '@angular/core';
 * import { defineSlice } from 'isthmus';
 * import { injectSharedValue } from 'isthmus/angular';
 * import { payload, set } from 'isthmus/program';
 *
 * const tenant = defineSlice({
 *   name: 'tenant',
 *   initialState: { name: 'Acme' },
 *   reducers: { rename: [set('/name', payload())] },
 * });
 * // @Component({ ..., template: `{{ name() }}: {{ price() }}` })
 * export class Price {
 *   readonly sku = input.required<string>();
 *   readonly name = injectSharedValue(tenant, (state) => state.name); // a signal of a string or undefined
 *   readonly price = injectSharedValue(() => ['prices', this.sku()]);
 * }
 * ```
 */
export function injectSharedValue<Slice extends AnySlice, Value>(
  slice: Slice,
  pick: PickOf<Slice, Value>,
): Signal<Value | undefined>;
export function injectSharedValue<const Places extends Path>(
  path: Places | (() => Places),
): Signal<ValueAt<AnyState, Places>>;
export function injectSharedValue(
  place: Path | AnySlice | (() => Path),
  pick?: Pick,
): Signal<unknown> {
  const { store } = injectShared();
  return shown(() => sourceOf(store, reactivePathOf(store, place, pick)));
}
