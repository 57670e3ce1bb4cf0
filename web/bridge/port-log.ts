import type { Action } from 'redux';

import type {
  Divergence,
  LogEntry,
  LogGap,
  LogInspection,
  OtherRelease,
  Rebase,
} from '../api/log.js';
import { callAlone } from '../base/listeners.js';
import { keyIn } from '../base/log-name.js';
import type { EncodeLimits } from '../engine/codec/encoder.js';
import type { EngineLog, PreparedOwn, PreparedShown, RecordedOwn } from '../engine/engine-log.js';
import type { EngineLogOutcome, LogNews, Recording } from '../engine/log-answers.js';
import type { LogCalls } from '../engine/log-outcome.js';
import type { LogStore, StoreLog } from '../engine/store-log.js';
import { ConvergingStates } from '../store/state/converging-states.js';
import { REBASED } from '../store/state/rebased-action.js';
import type { LogCarrier } from './log-carrier.js';
import { LogStates } from './log-states.js';

export interface PortLogOptions {
  readonly store: LogStore;
  readonly log: EngineLog;
  /** Whether it is to take actions that the store has taken already; `show` follows. */
  readonly catchesUp: boolean;
  readonly carrier: (calls: LogCalls, onOutcome: () => void) => LogCarrier;
  readonly limits: EncodeLimits;
  isEnabled(this: void): boolean;
  /** Whether large envelopes are to go out as bytes. */
  asBytes(this: void): boolean;
  /** Gives the store an action, middleware included; false where nothing in JavaScript is before the store. */
  dispatch(this: void, action: Action): boolean;
  onRefusal(this: void, why: { reason: string; message: string }, type: string): void;
  onOwn(this: void, type: string): void;
  onGap(this: void, gap: LogGap): void;
  onRebase(this: void, rebase: Rebase): void;
  onDiverged(this: void, divergence: Divergence): void;
  onOtherRelease(this: void, other: OtherRelease): void;
  /** After whatever has happened. */
  onChange(this: void): void;
}

/** The log of one port: what the engine decides about it goes to its carrier, its store and its listeners. */
export class PortLog implements StoreLog {
  readonly #options: PortLogOptions;
  readonly #carrier: LogCarrier;
  readonly #log: EngineLog;
  readonly #states: LogStates;
  /** The outcome that is being followed. */
  #outcome: EngineLogOutcome | undefined;
  /** To be asked for where it is undefined. */
  #unsettled: number | undefined = 0;
  #refused: { readonly reason: string; readonly message: string } | undefined;
  #own: Action | undefined;
  /** Of JavaScript's slices, those that got another state since a rebase was told. */
  #shownKeys = NO_KEYS;
  /** Nothing is shown so long. */
  #isShowing: boolean;
  #isDisposed = false;
  /** By slice, called when it has the state of all. */
  readonly #whenSettled: (() => void)[] = [];
  readonly #waiting = new Map<string, () => void>();

  constructor(options: PortLogOptions) {
    this.#options = options;
    this.#isShowing = options.catchesUp;
    this.#log = options.log;
    this.#states = new LogStates(options.store, options.log);
    this.#carrier = options.carrier(this.#calls(), () => this.#followed());
  }

  #calls(): LogCalls {
    const log = this.#log;
    const noted = (outcome: EngineLogOutcome) => this.#note(outcome);
    return {
      start: (now, present) => noted(log.start(now, present)),
      tick: (now, present) => noted(log.tick(now, present)),
      receive: (now, frame) => noted(log.receive(now, frame)),
      wake: (now) => noted(log.wake(now)),
      sleep: (now) => noted(log.sleep(now)),
      leave: (now) => noted(log.leave(now)),
      setHidden: (now, hidden) => noted(log.setHidden(now, hidden)),
      lockGranted: (now) => noted(log.lockGranted(now)),
      lockLost: (now) => noted(log.lockLost(now)),
    };
  }

  get carrier(): LogCarrier {
    return this.#carrier;
  }

  get unsettled(): number {
    return (this.#unsettled ??= this.#isDisposed ? 0 : this.#log.unsettled());
  }

  get isJoining(): boolean {
    return this.#outcome?.isJoining ?? true;
  }

  entries(): readonly LogEntry[] {
    return this.#log.entries();
  }

  inspect(): LogInspection {
    return this.#log.inspect();
  }

  /** Something has happened to the log by another call: an envelope that came, an own action, a slice. */
  refresh(): void {
    if (this.#isDisposed) return;
    const now = this.#log.now();
    const deadline = this.#isAwaited ? NaN : this.#log.pulse(now);
    if (Number.isNaN(deadline)) return this.#follow(this.#log.outcome(now));
    this.#unsettled = undefined;
    this.#shownKeys = NO_KEYS;
    this.#carrier.wakeAt(deadline);
    this.#options.onChange();
  }

  /** Whether somebody may have to be called though all is quiet. */
  get #isAwaited(): boolean {
    return this.isJoining || this.#waiting.size > 0 || this.#whenSettled.length > 0;
  }

  #follow(outcome: EngineLogOutcome): void {
    this.#carrier.follow(this.#note(outcome));
  }

  #note(outcome: EngineLogOutcome): EngineLogOutcome {
    this.#outcome = outcome;
    this.#unsettled = outcome.unsettled;
    return outcome;
  }

  /** What the carrier leaves: listeners to tell, states to show, states to give, readiness. */
  #followed(): void {
    const { isMoved, wishes, elders, news, waiting, rebases, unsettled } = this.#outcome!;
    this.#tellRebases(rebases);
    this.#tellNews(news);
    if (elders.length > 0) {
      return elders.forEach((elder) => this.#follow(this.#states.carry(elder)));
    }
    if (isMoved && !this.#isShowing) return this.show();
    if (wishes.length > 0) return this.#follow(this.#states.give(wishes));
    for (const [name, call] of this.#waiting) {
      if (waiting.includes(name)) continue;
      this.#waiting.delete(name);
      callAlone(call);
    }
    if (unsettled === 0) for (const call of this.#whenSettled.splice(0)) call();
    this.#options.onChange();
  }

  #tellNews(news: readonly LogNews[]): void {
    for (const { kind, sender, slice, from, to, count } of news) {
      const key = keyIn(slice);
      // What is kept no more is in the states all the same.
      if (kind === 'early') continue;
      else if (kind === 'diverged') {
        this.#options.onDiverged({ slice: key, peer: sender, place: from });
      } else if (kind === 'release') {
        const theirs = slice.slice(key.length + 1);
        const fingerprint = this.#log.fingerprint(key);
        this.#options.onOtherRelease({ slice: key, peer: sender, fingerprint, theirs });
      } else this.#options.onGap({ reason: kind, sender, from, to, messages: count });
    }
  }

  #tellRebases(rebases: readonly Rebase[]): void {
    const shown = this.#shownKeys;
    this.#shownKeys = NO_KEYS;
    for (const { slices, ...rebase } of rebases) {
      this.#options.onRebase({ slices: [...new Set([...slices, ...shown])], ...rebase });
    }
  }

  /** Settles what it can, and keeps only what some tab may lack. */
  forget(): void {
    this.#follow(this.#log.forget(this.#log.now()));
  }

  /** Resolves once nothing is tentative that is so now. */
  settled(): Promise<void> {
    this.refresh();
    if (this.unsettled === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenSettled.push(resolve));
  }

  /** Goes on with a record; false where it does not hold. */
  begin(record: unknown): boolean {
    const isTaken = this.#log.begin(record);
    this.refresh();
    return isTaken;
  }

  /** What a storage keeps; undefined while others may yet tell of more. */
  record(whole: boolean): Recording | undefined {
    return this.isJoining ? undefined : this.#states.record(whole);
  }

  /** Through the middleware, and past it where that has kept the action to itself. */
  show(): void {
    const { store, dispatch } = this.#options;
    this.#isShowing = true;
    callAlone(() => {
      if (!dispatch({ type: REBASED }) || this.#log.isMoved) store.show();
    });
    this.refresh();
    this.#isShowing = false;
  }

  // ── as the store calls it ──

  assertPlain(...states: readonly unknown[]): void {
    this.#log.assertPlain(states);
  }

  newStates(): ConvergingStates {
    return new ConvergingStates(this);
  }

  converge(slice: Parameters<StoreLog['converge']>[0]): void {
    this.#log.converge({ ...slice, store: this.#options.store.number });
    queueMicrotask(() => this.refresh());
  }

  unconverge(name: string): void {
    this.#waiting.delete(name);
    this.#log.unconverge(name);
  }

  whenShared(name: string, call: () => void): boolean {
    const waits = this.#log.outcome(this.#log.now());
    this.#follow(waits);
    if (!waits.waiting.includes(name)) return false;
    this.#waiting.set(name, call);
    return true;
  }

  prepareOwn(action: Action): PreparedOwn {
    const { store, limits, isEnabled, asBytes } = this.#options;
    const enabled = isEnabled();
    const own = this.#log.prepareOwn(store.number, action, { enabled, asBytes: asBytes(), limits });
    this.#own = action;
    this.#refused = 'refusal' in own ? own.refusal : undefined;
    return enabled || 'refusal' in own ? own : { ...own, envelope: undefined };
  }

  recordOwn(action: Action): RecordedOwn {
    const { limits, isEnabled, asBytes } = this.#options;
    const enabled = isEnabled();
    const own = this.#log.recordOwn(action, { enabled, asBytes: asBytes(), limits });
    if ('refusal' in own) this.#options.onRefusal(own.refusal, action.type);
    else this.#options.onOwn(action.type);
    return enabled || 'refusal' in own ? own : { ...own, envelope: undefined };
  }

  prepareShown(action: Action | undefined): PreparedShown {
    return this.#log.prepareShown(this.#options.store.number, action);
  }

  committedOwn(): void {
    const type = this.#own!.type;
    if (this.#refused !== undefined) this.#options.onRefusal(this.#refused, type);
    else this.#options.onOwn(type);
  }

  committedShown(keys: readonly string[]): void {
    const shown = this.#shownKeys;
    this.#shownKeys = shown.length === 0 ? keys : [...new Set([...shown, ...keys])];
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#carrier.dispose();
  }
}

const NO_KEYS: readonly string[] = [];
