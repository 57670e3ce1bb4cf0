import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { AnyState, Path } from 'isthmus';

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

/**
 * What a selector makes of the state. Runs after every dispatch and renders again when its result
 * changes, by `Object.is` or the given comparison.
 *
 * @example
 * ```tsx
 * import { useSharedSelector } from 'isthmus/react';
 *
 * interface State {
 *   cart?: { items: { qty: number }[] };
 * }
 * export function CartBadge() {
 *   const count = useSharedSelector((state: State) =>
 *     (state.cart?.items ?? []).reduce((sum, { qty }) => sum + qty, 0),
 *   );
 *   return <b>{count}</b>;
 * }
 * ```
 */
export function useSharedSelector<Selected, State = AnyState>(
  selector: (state: State) => Selected,
  isEqual: (a: Selected, b: Selected) => boolean = Object.is,
): Selected {
  const { getState, subscribe } = useSharedStore();
  const rendered = useRef<{ value: Selected } | undefined>(undefined);
  const getSelection = useMemo(() => {
    let last: { state: unknown; value: Selected } | undefined;
    return () => {
      const state = getState();
      if (last !== undefined && Object.is(last.state, state)) return last.value;
      const fresh = selector(state as State);
      const known = last ?? rendered.current;
      const value = known !== undefined && isEqual(known.value, fresh) ? known.value : fresh;
      last = { state, value };
      return value;
    };
  }, [getState, selector, isEqual]);
  const selected = useSyncExternalStore(subscribe, getSelection, getSelection);
  useEffect(() => {
    rendered.current = { value: selected };
  }, [selected]);
  return selected;
}
