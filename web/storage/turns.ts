import { SnapshotRefused } from './snapshot-gate.js';

/** Whether the platform can see to it that pages take turns. */
export function canTakeTurns(): boolean {
  return locksOfPages() !== undefined;
}

/**
 * Runs while no other page does, where the platform can see to it. A page that is asleep may keep its turn for
 * ever: who has waited for so many milliseconds is told.
 *
 * @throws SnapshotRefused, and it was not run
 */
export async function inTurn<T>(name: string, patience: number, run: () => Promise<T>): Promise<T> {
  const locks = locksOfPages();
  if (locks === undefined) return run();
  const waiting = new AbortController();
  const message = `another page has been at it for ${patience} ms and does not end: nothing is written until it does, or is closed`;
  const refused = new SnapshotRefused('storage', message);
  const timer = setTimeout(() => waiting.abort(refused), patience);
  try {
    return (await locks.request(`isthmus/${name}`, { signal: waiting.signal }, () => {
      clearTimeout(timer);
      return run();
    })) as T;
  } finally {
    clearTimeout(timer);
  }
}

function locksOfPages(): LockManager | undefined {
  return ((globalThis.navigator ?? {}) as Partial<Navigator>).locks;
}
