import type { Action } from 'redux';

import type { LogGap, Rebase } from '../api/log.js';
import { Listeners, reportLater } from '../base/listeners.js';
import type { EncodeLimits } from '../engine/codec/encoder.js';
import type {
  EngineLog,
  EngineLogOutcome,
  PreparedOwn,
  PreparedShown,
} from '../engine/engine-log.js';
import type { LogCalls } from '../engine/log-outcome.js';
import type { LogStore, StoreLog } from '../engine/store-log.js';
import { REBASED } from '../store/state/rebased-action.js';
import type { LogCarrier } from './log-carrier.js';

export interface PortLogOptions {
  readonly store: LogStore;
  readonly log: EngineLog;
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
}

/** The log of one port: what the engine decides about it goes to its carrier, its store and its listeners. */
export class PortLog implements StoreLog {
  readonly rebases = new Listeners<[Rebase]>();
  readonly #options: PortLogOptions;
  readonly #carrier: LogCarrier;
  readonly #log: EngineLog;
  /** The outcome that is being followed. */
  #outcome: EngineLogOutcome | undefined;
  #refused: { readonly reason: string; readonly message: string } | undefined;
  #own: Action | undefined;
  #isJoining = true;
  #whenJoined: (() => void)[] = [];

  constructor(options: PortLogOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#carrier = options.carrier(this.#calls(), () => this.#followed());
  }

  #calls(): LogCalls {
    const log = this.#log;
    const noted = (outcome: EngineLogOutcome) => (this.#outcome = outcome);
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
    return this.#outcome?.unsettled ?? 0;
  }

  get isJoining(): boolean {
    return this.#isJoining;
  }

  /** Calls back once it is known what the others have, or that there are none. */
  whenJoined(call: () => void): void {
    if (this.#isJoining) this.#whenJoined.push(call);
    else call();
  }

  /** Something has happened to the log by another call: an envelope that came, an own action, a slice. */
  refresh(): void {
    this.#follow(this.#log.outcome(this.#log.now()));
  }

  #follow(outcome: EngineLogOutcome): void {
    this.#outcome = outcome;
    this.#carrier.follow(outcome);
  }

  /** What the carrier leaves: states to show, states to give, listeners to tell. */
  #followed(): void {
    const { isMoved, isJoining, wishes, news } = this.#outcome!;
    if (isMoved) this.#show();
    for (const { kind, sender, from, to, count } of news) {
      const reason = kind === 'early' ? 'fork' : kind;
      this.#options.onGap({ reason, sender, from, to, messages: count });
    }
    if (wishes.length > 0) {
      const { store } = this.#options;
      const states = wishes.map(({ slice, place }) => {
        return { slice, place, state: store.stateAt(slice, place) };
      });
      this.#follow(this.#log.giveStates(states));
    }
    if (this.#isJoining && !isJoining) this.#joined();
  }

  #joined(): void {
    this.#isJoining = false;
    for (const call of this.#whenJoined.splice(0)) callAlone(call);
  }

  /** Through the middleware, and past it where that has kept the action to itself. */
  #show(): void {
    const { store, dispatch } = this.#options;
    callAlone(() => {
      if (!dispatch({ type: REBASED }) || this.#log.isMoved) store.show();
    });
  }

  // ── as the store calls it ──

  converge(slice: Parameters<StoreLog['converge']>[0]): void {
    this.#log.converge({ ...slice, store: this.#options.store.number }, this.#log.now());
    queueMicrotask(() => this.refresh());
  }

  unconverge(name: string): void {
    this.#log.unconverge(name);
  }

  prepareOwn(action: Action): PreparedOwn {
    const { store, limits, isEnabled, asBytes } = this.#options;
    const enabled = isEnabled();
    const own = this.#log.prepareOwn(store.number, action, { enabled, asBytes: asBytes(), limits });
    this.#own = action;
    this.#refused = 'refusal' in own ? own.refusal : undefined;
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

  committedShown({ moved, cause }: PreparedShown, slices: readonly string[]): void {
    if (moved === 0 || (slices.length === 0 && cause === 'order')) return;
    const errors: unknown[] = [];
    this.rebases.call(errors, Object.freeze({ slices, moved, cause }));
    errors.forEach(reportLater);
  }

  dispose(): void {
    this.#carrier.dispose();
  }
}

function callAlone(call: () => void): void {
  try {
    call();
  } catch (error) {
    reportLater(error);
  }
}
