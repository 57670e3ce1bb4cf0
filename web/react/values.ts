import { useMemo, useSyncExternalStore } from 'react';
import type { Path } from 'isthmus';

import { useSharedStore } from './provider.js';

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
  const store = useSharedStore();
  const key = JSON.stringify(path);
  const { subscribe, getSnapshot } = useMemo(() => {
    const tokens = JSON.parse(key) as Path;
    return {
      subscribe: (listener: () => void) => store.watch(tokens, listener),
      getSnapshot: () => store.read(tokens),
    };
  }, [store, key]);
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
