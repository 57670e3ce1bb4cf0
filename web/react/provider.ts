import {
  createElement,
  Fragment,
  Suspense,
  useContext,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import {
  getSharedStore,
  IsthmusError,
  type AnyState,
  type Membership,
  type SharedStore,
} from 'isthmus';

import type { AnyStore } from '../api/store.js';
import type { DispatchAccess, StoreAccess } from '../views/typed-access.js';
import { sharedStoreContext } from './context.js';
import { WaitingStore } from '../views/waiting-store.js';
import { useJoined } from './joining.js';

/** Props of {@link SharedStoreProvider}. */
export interface SharedStoreProviderProps {
  /** The store for the hooks below; the membership's by default. */
  readonly store?: AnyStore;
  /** Owner of what `useSlice` injects. */
  readonly membership?: Membership;
  /**
   * Joins when the provider is mounted, and its membership is left when that is unmounted: for a remote that exposes
   * a component. The engine is loaded first, where it is not yet, and what stands below is rendered once it has
   * joined, or at once with `serverState`. Called once for each mount. Takes the place of `store` and `membership`.
   */
  readonly join?: () => Membership;
  /** What is rendered until `join` has joined, on a server always; nothing by default. With `serverState` it is what stands in for what suspends. */
  readonly fallback?: ReactNode;
  /**
   * The state that the server has rendered with, such as it was sent along with the page. Hydration
   * renders with it too, even if the store has moved on, and then switches to the store's. With `join`
   * what stands below is rendered with it on the server, and in the browser while the engine is loaded: what is
   * dispatched meanwhile waits for the store, to which `join` should give the same state as `preloadedState`.
   */
  readonly serverState?: AnyState;
  /** What may use the hooks. */
  readonly children?: ReactNode;
}

/**
 * Gives the hooks below it a store and a membership. Without one they use the page's shared store.
 *
 * @throws EngineError `engine-load`, to the nearest error boundary, when it joins and the engine cannot be had.
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
 *
 * // A remote that exposes a component joins and leaves with it.
 * const join = () => joinSharedStore({ app: 'cart' });
 * export default function CartApp() {
 *   return (
 *     <SharedStoreProvider join={join} fallback={<i>...</i>}>
 *       <Count />
 *     </SharedStoreProvider>
 *   );
 * }
 * ```
 */
export function SharedStoreProvider(props: SharedStoreProviderProps): ReactElement {
  return createElement(props.join === undefined ? Provider : Joining, props);
}

function Provider({
  store,
  membership,
  serverState,
  children,
}: SharedStoreProviderProps): ReactElement {
  if (store !== undefined && typeof store?.read !== 'function') throw noStore(store);
  const value = useMemo(
    () => ({ store: (store as SharedStore) ?? membership?.store, membership, serverState }),
    [store, membership, serverState],
  );
  return createElement(sharedStoreContext().Provider, { value }, children);
}

function Joining({ join, fallback, ...props }: SharedStoreProviderProps): ReactElement {
  const { serverState, children } = props;
  const [waiting] = useState(() => serverState && new WaitingStore(serverState));
  const membership = useJoined(join!, waiting);
  const shared = membership === undefined ? { store: waiting?.store } : { membership };
  if (waiting !== undefined)
    return createElement(Provider, { serverState, ...shared }, whole(children, fallback));
  if (membership === undefined) return createElement(Fragment, null, fallback);
  return createElement(Provider, shared, children);
}

/** What suspends would keep all around it, and so the provider, from being mounted, and then nobody joins. */
function whole(children: ReactNode, fallback: ReactNode): ReactElement {
  return createElement(Suspense, { fallback }, children);
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
 * The store of the nearest provider, or the page's shared store. `useSharedStore.withTypes<typeof store>()` is the
 * same hook for a store whose types are known.
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
export const useSharedStore: StoreAccess = /* @__PURE__ */ Object.assign(
  function useSharedStore(): SharedStore {
    return useContext(sharedStoreContext()).store ?? getSharedStore();
  },
  { withTypes: () => useSharedStore as never },
);

/**
 * The `dispatch` of {@link useSharedStore}. For thunks, and whatever else the store's middleware takes, name its
 * type: `useSharedDispatch.withTypes<typeof store.dispatch>()` is the same hook with it.
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
export const useSharedDispatch: DispatchAccess = /* @__PURE__ */ Object.assign(
  function useSharedDispatch(): never {
    return useSharedStore().dispatch as never;
  },
  { withTypes: () => useSharedDispatch as never },
);
