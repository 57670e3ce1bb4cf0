import type { Unwritten } from './changes.js';
import type { Known } from './place.js';
import type { Snapshot } from './snapshot.js';

/** What whoever keeps something is told of it. */
export interface KeptEvents {
  onChange(change: Unwritten): void;
  /** What was yet to be written gives way to what is stored. */
  onReplaced(): void;
  /** It goes, and with it what was yet to be written. */
  onGone(): void;
  /** It did not take what it was given, after all. */
  onFailed(error: unknown): void;
}

/** What is kept in a storage, and is `T` at a moment. */
export interface Kept<T> {
  /** It waits until it is told what is stored. */
  begin(told: KeptEvents): void;
  /**
   * Begins with what is stored, or goes on with it if that `isWanted` or tells more.
   *
   * @throws SnapshotRefused, and then nothing has changed
   */
  take(stored: unknown, isWanted: boolean, unwritten: Unwritten | undefined): void;
  /** Nothing is stored that it could take: it goes on as it is. */
  leave(): void;
  /** What was stored is no more; where the page has come back to that, it begins anew. */
  forget(isBack: boolean): void;
  /**
   * Undefined while it cannot be told, as a dispatch is under way: ask in the next microtask. Where there will be
   * another time, what costs much and may soon be done with is left for that: then a change is told with `seal`.
   */
  read(isLast: boolean): T | undefined;
  /** Whether another page, which has written, has seen to all that was to be written here. */
  isSeenTo(unwritten: Unwritten | undefined): boolean;
  /**
   * What is to be stored over what is known; undefined if that tells as much.
   *
   * @throws what keeps it from being stored
   */
  seal(now: T, unwritten: Unwritten, over: Known): Snapshot | undefined;
  /** Nothing follows; `isStopped` if by the user's will, else by itself. */
  end(isStopped: boolean): void;
}
