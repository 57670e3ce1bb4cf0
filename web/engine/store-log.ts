import type { Action } from 'redux';

import type { CrossingPort } from '../api/crossing-port.js';
import type { EngineConvergence, PreparedOwn, PreparedShown, RecordedOwn } from './engine-log.js';

/** A port whose store may have converging slices. */
export interface ConvergingPort extends CrossingPort {
  /**
   * The log that orders what crosses for slices that converge; made with the first of them. Undefined where there
   * is no channel, and nobody to agree with.
   */
  openLog(store: LogStore): StoreLog | ComingLog | undefined;
}

/** A log whose code is on its way. */
export interface ComingLog {
  readonly isComing: true;
  /** Calls with the log when it is there, in the order in which all of the page waits for that code. */
  then(call: (log: StoreLog) => void): void;
}

/** A store with converging slices, as its log calls it. */
export interface LogStore {
  /** The engine's number of it. */
  readonly number: number;
  /** Shows what the log has changed, if anything, and tells everyone who listens. */
  show(): void;
  /** Whether actions of a type cross by themselves. */
  ordersType(type: string): boolean;
  /** The state of a slice of JavaScript's at a place. */
  stateAt(name: string, place: number): unknown;
  /** The same, and from now on the slice begins with it. */
  seedAt(name: string, place: number): unknown;
  /** The keys of slices that converge as soon as there is a log. */
  comingKeys(): readonly string[];
  /** The log takes an action that its slices here have taken; returns what leaves, if anything does. */
  recordOwn(action: Action): unknown;
  /** What a state of another release is in this one; undefined where it cannot be carried. */
  upcast(name: string, state: unknown): unknown;
}

/** The log of a store, as the store calls it. */
export interface StoreLog {
  /** Throws where a state is none that can cross. */
  assertPlain(...states: readonly unknown[]): void;
  converge(slice: Omit<EngineConvergence, 'store'>): void;
  unconverge(name: string): void;
  /** Calls back once the slice has the state of all, or nobody is there to give one; false if that is so. */
  whenShared(name: string, call: () => void): boolean;
  /** For an action that is to cross, before its reducers; then one of the two below, or `discard` of the store. */
  prepareOwn(action: Action): PreparedOwn;
  /** The same at once, for an action that the store has taken before there was a log. */
  recordOwn(action: Action): RecordedOwn;
  /** For one that has crossed, where a native slice may have it, or for what the log has changed by itself. */
  prepareShown(action: Action | undefined): PreparedShown;
  /** The own action is committed. */
  committedOwn(): void;
  /** What it has changed is. `keys` are JavaScript's slices that have other states. */
  committedShown(keys: readonly string[]): void;
}
