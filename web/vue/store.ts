import type { SharedStore } from 'isthmus';

import type { DispatchAccess, StoreAccess } from '../views/typed-access.js';
import { useShared } from './context.js';

/**
 * The store that this component, or the nearest above it, has provided, or the page's shared store.
 * `useSharedStore.withTypes<typeof store>()` is the same composable for a store whose types are known.
 *
 * @throws IsthmusError `no-store` when there is neither.
 *
 * @example
 * ```ts
 * import { useSharedStore } from 'isthmus/vue';
 *
 * export const setup = () => ({ storeName: useSharedStore().name });
 * ```
 */
export const useSharedStore: StoreAccess = /* @__PURE__ */ Object.assign(
  function useSharedStore(): SharedStore {
    return useShared().store;
  },
  { withTypes: () => useSharedStore as never },
);

/**
 * The `dispatch` of {@link useSharedStore}. For thunks, and whatever else the store's middleware takes, name its
 * type: `useSharedDispatch.withTypes<typeof store.dispatch>()` is the same composable with it.
 *
 * @example
 * ```ts
 * import { useSharedDispatch } from 'isthmus/vue';
 *
 * export function setup() {
 *   const dispatch = useSharedDispatch();
 *   return { logOut: () => dispatch({ type: 'auth/logout' }) };
 * }
 * ```
 */
export const useSharedDispatch: DispatchAccess = /* @__PURE__ */ Object.assign(
  function useSharedDispatch(): never {
    return useShared().store.dispatch as never;
  },
  { withTypes: () => useSharedDispatch as never },
);
