import type { Tab } from './test-tab.js';

/** Who can say how many actions it has that are not settled. */
export interface Follower {
  readonly tab: Tab;
  unsettled: () => number;
}

/** @throws Error if one of those that are awake has any. */
export function refuseUnsettled(followers: Iterable<Follower>, now: number): void {
  const left = [...followers]
    .filter(({ tab }) => tab.isAwake)
    .map(({ tab, unsettled }) => ({ tab, count: unsettled() }))
    .filter(({ count }) => count > 0)
    .map(({ tab, count }) => `'${tab.name}' has ${count}`);
  if (left.length === 0) return;
  throw new Error(
    `isthmus/testing: at ${now} ms of hub time not all actions are settled: ${left.join(', ')}. Does the hub lose all that is sent, or may no tab that is awake settle them?`,
  );
}
