import { useContext, useMemo, useRef, useSyncExternalStore } from 'react';
import { getSharedStore, type Path } from 'isthmus';

import { sharedStoreContext } from './context.js';
import { PathSource } from './path-source.js';

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
  const mounted = useRef<PathSource | undefined>(undefined);
  const tokens = mounted.current?.isOf(path) ? mounted.current.path : path;
  const { subscribe, getSnapshot, getServerSnapshot } = useMemo(
    () => new PathSource({ store, path: tokens, serverState, mounted }),
    [store, tokens, serverState],
  );
  return useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot);
}
