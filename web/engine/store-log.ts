import type { Action } from 'redux';

import type { CrossingPort } from '../api/crossing-port.js';
import type { AnySlice } from '../api/slice.js';
import type { EngineConvergence, PreparedOwn, PreparedShown, RecordedOwn } from './engine-log.js';
import type { Place, Replay } from './log-replay.js';

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

/** What a replay makes of the slices, until it is committed. */
export interface Played {
  /** By key. */
  readonly states: ReadonlyMap<string, unknown>;
}

/**
 * The converging slices of one store: which they are, and the states of those with ordinary reducers at each
 * place of the log's line that is still kept (src/log/histories.h keeps those of native ones).
 */
export interface LoggedStates {
  has(key: string): boolean;
  /**
   * Does all that can fail, and changes nothing yet; what it returns adds the slice, which has this state. One that
   * `hasGoneOn` had it when it began.
   */
  prepare(slice: AnySlice, state: unknown, hasGoneOn?: boolean): () => void;
  /** Whether its state may yet be another one, that of the tabs that are there: then calls back. */
  whenShared(key: string, call: () => void): boolean;
  remove(key: string): void;
  /** Whether actions of a type cross by themselves, as those of a converging slice do. */
  owns(type: string): boolean;
  stateAt(name: string, place: Place): unknown;
  /** The same, and from now on the slice begins with it. */
  seedAt(name: string, place: Place): unknown;
  /** What a state of another release is in this one. */
  upcast(name: string, state: unknown): unknown;
  /**
   * Plays the line from where it was changed, if it was; nothing changes before `commit`. A slice whose reducer
   * throws stays as it is there, but what the own action's throw is thrown.
   */
  play(replay: Replay | undefined, isOwn: boolean): Played;
  /** Costs what was played, not what is kept; and calls nothing in between, so that the stack cannot end there. */
  commit(played: Played): void;
}

/** The log of a store, as the store calls it. */
export interface StoreLog {
  /** The converging slices of the store, of which there are none yet. They come with the log's code. */
  newStates(): LoggedStates;
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
