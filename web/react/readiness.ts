import { useContext, useSyncExternalStore } from 'react';
import { getSharedStore } from 'isthmus';

import { sharedStoreContext } from './context.js';

/**
 * Whether a slice can be used: false while it is absent, loading or failed. Render a skeleton meanwhile.
 * With `suspend` the nearest Suspense boundary shows its fallback until the slice is ready, and the
 * nearest error boundary the error if it has failed. (React 19 can also `use(store.whenReady(key))`.)
 *
 * @example
 * ```tsx
 * import { useReady, useSharedValue } from 'isthmus/react';
 *
 * export function UserName() {
 *   const isReady = useReady('auth');
 *   const name = useSharedValue(['auth', 'user', 'name']);
 *   return isReady ? <b>{String(name)}</b> : <i>...</i>;
 * }
 *
 * export function SuspendingUserName() {
 *   useReady('auth', { suspend: true });
 *   return <b>{String(useSharedValue(['auth', 'user', 'name']))}</b>;
 * }
 * ```
 */
export function useReady(key: string, { suspend = false }: { suspend?: boolean } = {}): boolean {
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

const failures = new WeakMap<Promise<void>, { error?: unknown; isKnown: boolean }>();

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
