import type { Action } from 'redux';

import { isNativeSlice, keyOf, type AnySlice, type Upcast } from '../../api/slice.js';
import type { Place, Replay } from '../../engine/log-replay.js';
import type { LoggedStates, Played, StoreLog } from '../../engine/store-log.js';
import { logName } from '../../base/log-name.js';
import { reduceTwice } from '../hints/purity.js';
import { deepFreeze } from './deep-freeze.js';

type AnyReducer = (state: unknown, action: Action) => unknown;

const EVERY_TYPE = { has: () => true };

/** A slice whose states JavaScript holds, with what it was before each entry that has changed it. */
interface History {
  readonly key: string;
  readonly reducer: AnyReducer;
  /** Whether JavaScript reduces actions of a type: those that steps reduce are the engine's. */
  readonly runsJs: (type: string) => boolean;
  seed: unknown;
  readonly initialState: unknown;
  state: unknown;
  /** Rising. */
  readonly before: Past[];
}

/** What a slice was before the entry at a place. */
interface Past {
  readonly place: Place;
  readonly state: unknown;
}

interface PlayedStates extends Played {
  readonly slices: readonly PlayedSlice[];
  /** What was before it is not asked for any more. */
  readonly base: Place;
}

/** Of one slice: so many of its past states stay, these follow. */
interface PlayedSlice {
  readonly history: History;
  readonly state: unknown;
  readonly kept: number;
  readonly before: readonly Past[];
}

/** They are loaded with the log: a store without converging slices needs none. */
export class ConvergingStates implements LoggedStates {
  readonly #log: StoreLog;
  /** The names in the log by key. */
  readonly #names = new Map<string, string>();
  /** By name in the log. */
  readonly #histories = new Map<string, History>();
  readonly #upcasts = new Map<string, Upcast<unknown>>();

  constructor(log: StoreLog) {
    this.#log = log;
  }

  has(key: string): boolean {
    return this.#names.has(key);
  }

  prepare(slice: AnySlice, state: unknown, hasGoneOn = false): () => void {
    const key = keyOf(slice);
    const { fingerprint, upcast } = slice.converge!;
    const name = logName(key, fingerprint);
    const named = { key, name, hasUpcast: upcast !== undefined };
    const isNative = isNativeSlice(slice);
    const definition = isNative ? slice.definitionId() : 0;
    const functions = isNative ? slice.functions : EVERY_TYPE;
    if (functions === undefined) {
      return () => this.#add({ ...named, definition, ...(hasGoneOn && { begun: state }) }, upcast);
    }
    const reducer = slice.reducer as AnyReducer;
    const initialState = reducer(undefined, { type: `@@isthmus/inject/${key}` });
    this.#log.assertPlain(state, initialState);
    return () => {
      this.#add({ ...named, definition, seed: state, initialState }, upcast);
      const runsJs = (type: string) => functions.has(type);
      const history = { key, reducer, runsJs, seed: state, initialState, state, before: [] };
      this.#histories.set(name, history);
    };
  }

  #add(slice: Parameters<StoreLog['converge']>[0], upcast: Upcast<unknown> | undefined): void {
    this.#log.converge(slice);
    this.#names.set(slice.key, slice.name);
    if (upcast !== undefined) this.#upcasts.set(slice.name, upcast);
  }

  whenShared(key: string, call: () => void): boolean {
    return this.#log.whenShared(this.#names.get(key)!, call);
  }

  remove(key: string): void {
    const name = this.#names.get(key);
    if (name === undefined) return;
    this.#names.delete(key);
    this.#histories.delete(name);
    this.#upcasts.delete(name);
    this.#log.unconverge(name);
  }

  owns(type: string): boolean {
    for (const key of this.#names.keys()) {
      if (type.startsWith(`${key}/`) && type !== `${key}/teardown`) return true;
    }
    return false;
  }

  stateAt(name: string, place: Place): unknown {
    const history = this.#histories.get(name);
    const later = history?.before.find((record) => record.place > place);
    return later === undefined ? history?.state : later.state;
  }

  seedAt(name: string, place: Place): unknown {
    const history = this.#histories.get(name);
    if (history === undefined) return undefined;
    history.seed = this.stateAt(name, place);
    return history.seed;
  }

  upcast(name: string, state: unknown): unknown {
    return this.#upcasts.get(name)?.(state);
  }

  play(replay: Replay | undefined, isOwn: boolean): PlayedStates {
    const slices: PlayedSlice[] = [];
    const states = new Map<string, unknown>();
    for (const [name, history] of this.#histories) {
      const played = replay && playOne(history, name, replay, isOwn);
      if (played !== undefined) slices.push(played);
      states.set(history.key, (played ?? history).state);
    }
    return { states, slices, base: replay?.base ?? 0 };
  }

  commit({ slices, base }: PlayedStates): void {
    for (const { history, state, kept, before } of slices) {
      const past = history.before;
      past.length = kept;
      for (let i = 0; i < before.length; i++) past[kept + i] = before[i]!;
      history.state = state;
    }
    for (const { history } of slices) forget(history.before, base);
  }
}

function forget(past: Past[], base: Place): void {
  let count = 0;
  while (count < past.length && past[count]!.place <= base) count += 1;
  if (count > 0) past.splice(0, count);
}

function playOne(
  history: History,
  name: string,
  { kept, starts, steps }: Replay,
  isOwn: boolean,
): PlayedSlice {
  const start = starts.filter(({ slice }) => slice === name).at(-1);
  const past = history.before;
  let count = start === undefined ? past.length : 0;
  while (count > 0 && past[count - 1]!.place > kept) count -= 1;
  let { state } = start ?? past[count] ?? history;
  const before: Past[] = [];
  for (const step of steps) {
    if (start !== undefined && step.place <= start.since) continue;
    const next = nextState(history, name, state, step, isOwn && step === steps.at(-1));
    if (Object.is(next, state)) continue;
    before.push({ place: step.place, state });
    state = next;
  }
  return { history, state, kept: count, before };
}

function nextState(
  { key, reducer, runsJs, seed, initialState }: History,
  name: string,
  state: unknown,
  step: Replay['steps'][number],
  throws: boolean,
): unknown {
  if ('slice' in step) {
    if (step.slice !== name) return state;
    return step.isInitial ? initialState : seed;
  }
  try {
    const action = deepFreeze(step.action);
    const next =
      reduceTwice !== undefined && runsJs(action.type)
        ? reduceTwice(key, reducer, state, action)
        : reducer(state, action);
    if (next === undefined) throw new Error('the reducer returned undefined');
    return next;
  } catch (error) {
    if (throws) throw error;
    return state;
  }
}
