import { useContext, useSyncExternalStore } from 'react';
import { getSharedStore, type Path } from 'isthmus';

import { sharedStoreContext } from './context.js';
import { readIn, sourceOf } from './path-source.js';

/**
 * The value at a path; undefined when there is none. Renders again only when that value changes.
 *
 * @example
 * ```tsx
 * import { useSharedValue } from 'isthmus/react';
 *
 * export const TenantName = () => <b>{String(useSharedValue(['tenant', 'name']) ?? 'none')}</b>;
 * ```
 */
export function useSharedValue(path: Path): unknown {
  const { store = getSharedStore(), serverState } = useContext(sharedStoreContext());
  if (!Array.isArray(path)) store.read(path); // the store says what a path is
  const { subscribe, getSnapshot } = sourceOf(store, path);
  const getServerSnapshot =
    serverState === undefined ? getSnapshot : () => readIn(serverState, path);
  return useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot);
}
