import { createElement, useContext, useMemo, type ReactElement, type ReactNode } from 'react';
import {
  getSharedStore,
  IsthmusError,
  type AnyState,
  type Membership,
  type SharedStore,
} from 'isthmus';

import { sharedStoreContext } from './context.js';

/** Props of {@link SharedStoreProvider}. */
export interface SharedStoreProviderProps {
  /** The store for the hooks below; the membership's by default. */
  readonly store?: SharedStore;
  /** Owner of what `useSlice` injects. */
  readonly membership?: Membership;
  /**
   * The state that the server has rendered with, such as it was sent along with the page. Hydration
   * renders with it too, even if the store has moved on, and then switches to the store's.
   */
  readonly serverState?: AnyState;
  readonly children?: ReactNode;
}

/**
 * Gives the hooks below it a store and a membership. Without one they use the page's shared store.
 *
 * @example
 * ```tsx
 * import { joinSharedStore } from 'isthmus';
 * import { SharedStoreProvider, useSharedValue } from 'isthmus/react';
 *
 * const Count = () => <b>{String(useSharedValue(['cart', 'count']))}</b>;
 * const membership = joinSharedStore({ app: 'cart' });
 * export const app = (
 *   <SharedStoreProvider membership={membership}>
 *     <Count />
 *   </SharedStoreProvider>
 * );
 * ```
 */
export function SharedStoreProvider({
  store,
  membership,
  serverState,
  children,
}: SharedStoreProviderProps): ReactElement {
  if (store !== undefined && typeof store?.read !== 'function') throw noStore(store);
  const value = useMemo(
    () => ({ store: store ?? membership?.store, membership, serverState }),
    [store, membership, serverState],
  );
  return createElement(sharedStoreContext().Provider, { value }, children);
}

function noStore(given: object | null): IsthmusError {
  const cure =
    given && 'leave' in given
      ? 'hand the membership down as `membership`'
      : "use createStore or isthmusEnhancer of 'isthmus/redux', or joinSharedStore";
  const message = `SharedStoreProvider takes a store of Isthmus as \`store\`, and this is none: ${cure}`;
  return new IsthmusError('invalid-argument', message);
}

/**
 * The store of the nearest provider, or the page's shared store.
 *
 * @throws IsthmusError `no-store` when there is neither.
 *
 * @example
 * ```tsx
 * import { useSharedStore } from 'isthmus/react';
 *
 * export const StoreName = () => <i>{useSharedStore().name}</i>;
 * ```
 */
export function useSharedStore(): SharedStore {
  return useContext(sharedStoreContext()).store ?? getSharedStore();
}

/**
 * The `dispatch` of {@link useSharedStore}.
 *
 * @example
 * ```tsx
 * import { useSharedDispatch } from 'isthmus/react';
 *
 * export function LogOut() {
 *   const dispatch = useSharedDispatch();
 *   return <button onClick={() => dispatch({ type: 'auth/logout' })}>Log out</button>;
 * }
 * ```
 */
export function useSharedDispatch(): SharedStore['dispatch'] {
  return useSharedStore().dispatch;
}
