import { useContext, useSyncExternalStore } from 'react';
import { getSharedStore, type SliceStates } from 'isthmus';

import { keyOf } from '../api/slice.js';
import { sharedStoreContext } from './context.js';
import type { AnySlice } from './place.js';

interface ReadyOptions {
  /** Whether to suspend until it is ready. */
  readonly suspend?: boolean;
}

/** Where `SliceStates` names slices, a key is one of theirs, unless it is only known at run time. */
type SliceKey<Key extends string> = string extends Key
  ? Key
  : [keyof SliceStates] extends [never]
    ? Key
    : Key extends keyof SliceStates
      ? Key
      : { readonly error: 'no such slice'; readonly known: keyof SliceStates };

/**
 * Whether a slice, or the one of a key, can be used: false while it is absent, loading or failed. Render a skeleton meanwhile. Where
 * `SliceStates` names slices, a key that is none of theirs does not compile.
 * With `suspend` the nearest Suspense boundary shows its fallback until the slice is ready, and the
 * nearest error boundary the error if it has failed. (React 19 can also `use(store.whenReady(key))`.)
 *
 * @example
 * ```tsx
 * import { defineSlice } from 'isthmus';
 * import { reset } from 'isthmus/program';
 * import { useReady, useSharedValue } from 'isthmus/react';
 *
 * const auth = defineSlice({
 *   name: 'auth',
 *   initialState: { user: { name: '' } },
 *   reducers: { logout: [reset()] },
 * });
 * export function UserName() {
 *   const isReady = useReady(auth);
 *   const name = useSharedValue(auth, (state) => state.user.name);
 *   return isReady ? <b>{name}</b> : <i>...</i>;
 * }
 *
 * export function SuspendingUserName() {
 *   useReady(auth, { suspend: true });
 *   return <b>{useSharedValue(auth, (state) => state.user.name)}</b>;
 * }
 * ```
 */
export function useReady(slice: AnySlice, options?: ReadyOptions): boolean;
export function useReady<Key extends string>(
  key: Key & SliceKey<Key>,
  options?: ReadyOptions,
): boolean;
export function useReady(
  slice: string | AnySlice,
  { suspend = false }: ReadyOptions = {},
): boolean {
  const key = typeof slice === 'object' && slice !== null ? keyOf(slice) : slice;
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
