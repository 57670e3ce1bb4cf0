import { useMemo, useSyncExternalStore } from 'react';
import type { BridgeCounters, Inspection, SharedStore } from 'isthmus';
import { useSharedStore } from 'isthmus/react';
import { subscribeActivity } from './activity';
import { subscribeSlots } from '../remotes/remote-slots';

interface Observed {
  inspection: Omit<Inspection, 'log'>;
  counters: BridgeCounters;
}

/**
 * The store's inspection and counters. Compared as text, since each call builds them anew; the log, of which
 * each look is another, is left to `useLogView`.
 */
export function useInspection(): Observed {
  const store = useSharedStore();
  const text = useSyncExternalStore(
    (listener) => subscribeAll(store, listener),
    () => {
      const inspection = { ...store.inspect(), log: undefined };
      return JSON.stringify({ inspection, counters: store.bridge.counters() });
    },
  );
  return useMemo(() => JSON.parse(text) as Observed, [text]);
}

function subscribeAll(store: SharedStore, listener: () => void): () => void {
  const ends = [
    store.subscribe(listener),
    store.onStatus(listener),
    subscribeActivity(listener),
    subscribeSlots(listener),
  ];
  return () => ends.forEach((end) => end());
}
