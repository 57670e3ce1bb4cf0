/** What a call of the log asks its carrier to do. */
export interface LogOutcome {
  /** To be posted on the log's channel, in this order; no views of the engine's memory. */
  readonly frames: readonly Uint8Array[];
  /** What to do with the keeper's lock; `release` takes a request back, too. */
  readonly lock: 'none' | 'request' | 'steal' | 'release';
  /** When `tick` is to be called, on the clock that `now` is of; Infinity for never. */
  readonly deadline: number;
  readonly isJoining: boolean;
}

/**
 * The log of one replica, as its carrier calls it. `now` is in milliseconds of a clock that never goes
 * back; the time of day is the callee's affair. `present` are the other replicas that are there, asleep or
 * not, and undefined where there are no locks to tell.
 */
export interface LogCalls {
  start(now: number, present: readonly string[] | undefined): LogOutcome;
  tick(now: number, present: readonly string[] | undefined): LogOutcome;
  /** A message that is no frame at all comes as an empty one, to be counted. */
  receive(now: number, frame: Uint8Array): LogOutcome;
  /** Back from sleep, from the page cache or from being off. */
  wake(now: number): LogOutcome;
  /** Off, frozen, or into the page cache. */
  sleep(now: number): LogOutcome;
  /** For good. */
  leave(now: number): LogOutcome;
  setHidden(now: number, hidden: boolean): LogOutcome;
  lockGranted(now: number): LogOutcome;
  lockLost(now: number): LogOutcome;
}
