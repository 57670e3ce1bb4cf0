import type { SharedStore } from 'isthmus';

import type { DispatchAccess, StoreAccess } from '../views/typed-access.js';
import { injectShared } from './context.js';

/**
 * The store that `provideSharedStore` or `provideIsthmus` has provided, or the page's shared store.
 * `injectSharedStore.withTypes<typeof store>()` is the same function for a store whose types are known.
 *
 * @throws IsthmusError `no-store` when there is neither.
 *
 * @example
 * ```ts
 * import { injectSharedStore } from 'isthmus/angular';
 *
 * // @Component({ ..., template: `{{ store.name }}` })
 * export class StoreName {
 *   readonly store = injectSharedStore();
 * }
 * ```
 */
export const injectSharedStore: StoreAccess = /* @__PURE__ */ Object.assign(
  function injectSharedStore(): SharedStore {
    return injectShared().store;
  },
  { withTypes: () => injectSharedStore as never },
);

/**
 * The `dispatch` of {@link injectSharedStore}. For thunks, and whatever else the store's middleware takes, name its
 * type: `injectSharedDispatch.withTypes<typeof store.dispatch>()` is the same function with it.
 *
 * @example
 * ```ts
 * import { injectSharedDispatch } from 'isthmus/angular';
 *
 * // @Component({ ..., template: `<button (click)="logOut()">Log out</button>` })
 * export class LogOut {
 *   readonly #dispatch = injectSharedDispatch();
 *
 *   logOut() {
 *     this.#dispatch({ type: 'auth/logout' });
 *   }
 * }
 * ```
 */
export const injectSharedDispatch: DispatchAccess = /* @__PURE__ */ Object.assign(
  function injectSharedDispatch(): never {
    return injectShared().store.dispatch as never;
  },
  { withTypes: () => injectSharedDispatch as never },
);
