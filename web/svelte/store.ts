import type { SharedStore } from 'isthmus';

import type { DispatchAccess, StoreAccess } from '../views/typed-access.js';
import { findShared } from './context.js';

/**
 * The store that this component, or the nearest above it, has provided, or the page's shared store.
 * `useSharedStore.withTypes<typeof store>()` is the same function for a store whose types are known.
 *
 * @throws IsthmusError `no-store` when there is neither.
 *
 * @example
 * ```ts
 * import { useSharedStore } from 'isthmus/svelte';
 *
 * export const storeName = useSharedStore().name;
 * ```
 */
export const useSharedStore: StoreAccess = /* @__PURE__ */ Object.assign(
  function useSharedStore(): SharedStore {
    return findShared().store;
  },
  { withTypes: () => useSharedStore as never },
);

/**
 * The `dispatch` of {@link useSharedStore}. For thunks, and whatever else the store's middleware takes, name its
 * type: `useSharedDispatch.withTypes<typeof store.dispatch>()` is the same function with it.
 *
 * @example
 * ```ts
 * import { useSharedDispatch } from 'isthmus/svelte';
 *
 * const dispatch = useSharedDispatch();
 * export const logOut = () => dispatch({ type: 'auth/logout' }); // <button onclick={logOut}>Log out</button>
 * ```
 */
export const useSharedDispatch: DispatchAccess = /* @__PURE__ */ Object.assign(
  function useSharedDispatch(): never {
    return findShared().store.dispatch as never;
  },
  { withTypes: () => useSharedDispatch as never },
);
