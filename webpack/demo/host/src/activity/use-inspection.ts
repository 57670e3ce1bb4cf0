import { useMemo, useSyncExternalStore } from 'react';
import type { BridgeCounters, Inspection, SharedStore } from 'isthmus';
import { useSharedStore } from 'isthmus/react';
import { subscribeActivity } from './activity';
import { subscribeSlots } from '../remotes/remote-slots';

interface Observed {
  inspection: Omit<Inspection, 'log'>;
  counters: BridgeCounters;
}

/** What is shown may be so many milliseconds old, since a look at the store takes longer than an action. */
const oldest = 50;
let text: string | undefined;

/**
 * The store's inspection and counters. Compared as text, since each look builds them anew; the log, of which
 * each look is another, is left to `useLogView`.
 */
export function useInspection(): Observed {
  const store = useSharedStore();
  const observed = useSyncExternalStore(
    (listener) => subscribeAll(store, listener),
    () => (text ??= look(store)),
  );
  return useMemo(() => JSON.parse(observed) as Observed, [observed]);
}

function look(store: SharedStore): string {
  const inspection = { ...store.inspect(), log: undefined };
  return JSON.stringify({ inspection, counters: store.bridge.counters() });
}

function subscribeAll(store: SharedStore, listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lookSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      text = look(store);
      listener();
    }, oldest);
  };
  lookSoon();
  const ends = [
    store.subscribe(lookSoon),
    store.onStatus(lookSoon),
    subscribeActivity(lookSoon),
    subscribeSlots(lookSoon),
  ];
  return () => {
    clearTimeout(timer);
    ends.forEach((end) => end());
  };
}
