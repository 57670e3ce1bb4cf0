import { useContext, useSyncExternalStore } from 'react';
import { getSharedStore } from 'isthmus';

import type { SliceKey } from '../views/slice-key.js';
import { sharedStoreContext } from './context.js';

/**
 * Whether a slice can be used: false while it is absent, loading or failed. Render a skeleton meanwhile. Where
 * `SliceStates` names slices, a key that is none of theirs does not compile.
 * With `suspend` the nearest Suspense boundary shows its fallback until the slice is ready, and the
 * nearest error boundary the error if it has failed. (React 19 can also `use(store.whenReady(key))`.)
 *
 * @example
 * ```tsx
 * import { useReady, useSharedValue } from 'isthmus/react';
 *
 * export function CartBadge() {
 *   const isReady = useReady('cart');
 *   const count = useSharedValue(['cart', 'count']);
 *   return isReady ? <b>{String(count)}</b> : <i>...</i>;
 * }
 *
 * export function SuspendingCartBadge() {
 *   useReady('cart', { suspend: true });
 *   return <b>{String(useSharedValue(['cart', 'count']))}</b>;
 * }
 * ```
 */
export function useReady<Key extends string>(
  key: Key & SliceKey<Key>,
  { suspend = false }: { suspend?: boolean } = {},
): boolean {
  const { store = getSharedStore(), serverState } = useContext(sharedStoreContext());
  const getSnapshot = () => store.status(key) === 'ready';
  const isReady = useSyncExternalStore(
    store.onStatus,
    getSnapshot,
    serverState === undefined ? getSnapshot : () => Object.hasOwn(serverState, key),
  );
  if (suspend && !isReady) throw reasonToSuspend(store.whenReady(key));
  return isReady;
}

const failures = /* @__PURE__ */ new WeakMap<
  Promise<void>,
  { error?: unknown; isKnown: boolean }
>();

/** The promise, or the error once it is known to have failed: React 18 has no `use` that unwraps it. */
function reasonToSuspend(promise: Promise<void>): unknown {
  const known = failures.get(promise);
  if (known?.isKnown) return known.error;
  if (known === undefined) {
    const failure: { error?: unknown; isKnown: boolean } = { isKnown: false };
    failures.set(promise, failure);
    promise.catch((error: unknown) => Object.assign(failure, { error, isKnown: true }));
  }
  return promise;
}
