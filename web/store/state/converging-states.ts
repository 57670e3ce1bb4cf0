import type { Action } from 'redux';

import { isNativeSlice, keyOf, type AnySlice } from '../../api/slice.js';
import type { Place, Replay } from '../../engine/log-replay.js';
import type { StoreLog } from '../../engine/store-log.js';
import { reduceTwice } from '../hints/purity.js';
import { deepFreeze } from './deep-freeze.js';

type AnyReducer = (state: unknown, action: Action) => unknown;

/** A slice whose states JavaScript holds, with what it was before each entry that has changed it. */
interface History {
  readonly key: string;
  readonly reducer: AnyReducer;
  seed: unknown;
  readonly initialState: unknown;
  state: unknown;
  /** Rising. */
  before: readonly { readonly place: Place; readonly state: unknown }[];
}

/** What a replay makes of the slices, until it is committed. */
export interface Played {
  readonly states: ReadonlyMap<string, unknown>;
  readonly histories: ReadonlyMap<string, Pick<History, 'state' | 'before'>>;
}

/**
 * The converging slices of one store: which they are, and the states of those with ordinary reducers at each
 * place of the log's line that is still kept (src/log/histories.h keeps those of native ones).
 */
export class ConvergingStates {
  readonly #log: StoreLog;
  /** The names in the log by key. */
  readonly #names = new Map<string, string>();
  /** By name in the log. */
  readonly #histories = new Map<string, History>();
  readonly #upcasts = new Map<string, (state: unknown) => unknown>();

  constructor(log: StoreLog) {
    this.#log = log;
  }

  get size(): number {
    return this.#names.size;
  }

  has(key: string): boolean {
    return this.#names.has(key);
  }

  get hasJs(): boolean {
    return this.#histories.size > 0;
  }

  add(slice: AnySlice, state: unknown): void {
    const key = keyOf(slice);
    const { fingerprint, upcast } = slice.converge!;
    const name = `${key}@${fingerprint}`;
    const hasUpcast = upcast !== undefined;
    if (hasUpcast) this.#upcasts.set(name, upcast);
    if (isNativeSlice(slice)) {
      this.#log.converge({ key, name, hasUpcast, definition: slice.definitionId() });
    } else {
      const reducer = slice.reducer as AnyReducer;
      const initialState = reducer(undefined, { type: `@@isthmus/inject/${key}` });
      this.#log.converge({ key, name, hasUpcast, definition: 0, seed: state, initialState });
      const history = { key, reducer, seed: state, initialState, state, before: [] };
      this.#histories.set(name, history);
    }
    this.#names.set(key, name);
  }

  /** Whether its state may yet be another one, that of the tabs that are there: then calls back. */
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

  /** Whether actions of a type cross by themselves, as those of a converging slice do. */
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

  /** The same, and from now on the slice begins with it. */
  seedAt(name: string, place: Place): unknown {
    const history = this.#histories.get(name);
    if (history === undefined) return undefined;
    history.seed = this.stateAt(name, place);
    return history.seed;
  }

  /** What a state of another release is in this one. */
  upcast(name: string, state: unknown): unknown {
    return this.#upcasts.get(name)?.(state);
  }

  /**
   * Plays the line from where it was changed, if it was; nothing changes before `commit`. A slice whose reducer
   * throws stays as it is there, but what the own action's throw is thrown.
   */
  play(replay: Replay | undefined, isOwn: boolean): Played {
    const states = new Map<string, unknown>();
    const histories = new Map<string, Pick<History, 'state' | 'before'>>();
    for (const [name, history] of this.#histories) {
      const played = replay === undefined ? history : playOne(history, name, replay, isOwn);
      histories.set(name, played);
      states.set(history.key, played.state);
    }
    return { states, histories };
  }

  commit({ histories }: Played): void {
    for (const [name, played] of histories) Object.assign(this.#histories.get(name)!, played);
  }
}

function playOne(
  history: History,
  name: string,
  { base, kept, starts, steps }: Replay,
  isOwn: boolean,
): Pick<History, 'state' | 'before'> {
  const start = starts.filter(({ slice }) => slice === name).at(-1);
  let { state, before } = start ? { state: start.state, before: [] } : rewound(history, kept);
  before = before.filter(({ place }) => place > base);
  const records = [...before];
  for (const step of steps) {
    if (start !== undefined && step.place <= start.since) continue;
    const next = nextState(history, name, state, step, isOwn && step === steps.at(-1));
    if (Object.is(next, state)) continue;
    records.push({ place: step.place, state });
    state = next;
  }
  return { state, before: records };
}

function rewound({ state, before }: History, kept: Place): Pick<History, 'state' | 'before'> {
  const undone = before.find(({ place }) => place > kept);
  if (undone === undefined) return { state, before };
  return { state: undone.state, before: before.slice(0, before.indexOf(undone)) };
}

function nextState(
  { key, reducer, seed, initialState }: History,
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
    const once = () => reducer(state, action);
    const next = reduceTwice === undefined ? once() : reduceTwice(key, reducer, state, action);
    if (next === undefined) throw new Error('the reducer returned undefined');
    return next;
  } catch (error) {
    if (throws) throw error;
    return state;
  }
}
