import type { Recording } from '../engine/log-answers.js';

/** What whoever stores the log of a store needs of its port. */
export interface LogPort {
  /** The log does not begin, and gives no slice the state of all, until what this returns is called. */
  holdLog(): () => void;
  /** Of the slices that converge. */
  convergingKeys(): readonly string[];
  /** Begins with a record that was stored, or goes on with it; false where it does not hold. */
  beginLog(record: unknown): boolean;
  /** Undefined while there is no log, or it cannot tell. */
  recordLog(whole: boolean): Recording | undefined;
  /** Called after whatever has happened to the log. */
  onLogChange(listener: () => void): () => void;
  /** Of entries that are not to be stored, the types: their contracts allow credentials. */
  secretTypes(): ReadonlySet<string>;
}
