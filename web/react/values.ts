import { useContext, useMemo, useSyncExternalStore } from 'react';
import { getSharedStore, type Path } from 'isthmus';

import { sharedStoreContext } from './context.js';
import { MountedPath } from './path-source.js';

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
  const mounted = useMemo(() => new MountedPath(store, serverState), [store, serverState]);
  const { subscribe, getSnapshot, getServerSnapshot } = mounted.sourceOf(path);
  return useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot);
}
