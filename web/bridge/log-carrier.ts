import { reportLater } from '../base/listeners.js';
import type { LogCalls, LogOutcome } from '../engine/log-outcome.js';
import { Alarm, pageTimers } from './alarm.js';
import { LogChannel } from './log-channel.js';
import { LogLocks, type KeeperEvents } from './log-locks.js';
import { followPage, pageVisibility } from './page-turns.js';
import type {
  OpenTransport,
  TransportLocks,
  TransportTimers,
  TransportVisibility,
} from './transport.js';
import { webLocks } from './web-locks.js';

export interface LogCarrierOptions {
  /** Of the replica: the sender of its envelopes. */
  readonly id: string;
  /** That of the envelopes; the log's is `<channel>/log`. */
  readonly channel: string;
  readonly open: OpenTransport;
  readonly calls: LogCalls;
  /** In place of the transport's or the page's. */
  readonly locks?: TransportLocks | false | undefined;
  /** Whether the log is not to start yet; `release` follows. */
  isHeld?(): boolean;
  /** How many own entries and others' are not settled; one that is still joining is not either. */
  unsettled(): number;
  /** Told of every outcome after it was followed. */
  onOutcome(outcome: LogOutcome): void;
}

/** What {@link LogCarrier.inspect} shows. */
export interface LogCarriage {
  readonly channel: string;
  /** It is not while the page is in the cache, or the bridge off. */
  readonly isOpen: boolean;
  /** The other replicas, asleep or not, as they were last asked for; undefined where no locks tell. */
  readonly present: readonly string[] | undefined;
  /** Of the keeper's lock: whether this replica has it or waits for it. */
  readonly lock: 'none' | 'asked' | 'held';
}

/**
 * What the log of a replica has outside the engine: its channel, one timer, its locks, and its page, of
 * whose coming and going it is told. Decides nothing. None of its methods throws: what fails is reported.
 *
 * ```
 * created ──connect──► here ◄──pageshow, on── away ──dispose──► over
 *                        └────pagehide, off────►┘
 * ```
 */
export class LogCarrier {
  readonly #options: LogCarrierOptions;
  readonly #channel: LogChannel;
  readonly #alarm: Alarm;
  #timers: TransportTimers = pageTimers;
  #locks = new LogLocks(undefined, '');
  readonly #keeper: KeeperEvents = {
    onGranted: () => this.#call('lockGranted'),
    onLost: () => this.#call('lockLost'),
  };
  #endPresence: () => void = () => undefined;
  #visibility: TransportVisibility = pageVisibility;
  #unwatch: () => void = () => undefined;
  #isHidden = false;
  #present: readonly string[] | undefined = [];
  #isAsking = false;
  #stopPage: (() => void) | undefined;
  #isEnabled = true;
  #isPageGone = false;
  #isHere = false;
  #isStarted = false;
  #isOver = false;
  /** Of its being here: what was begun in an earlier one has ended with that. */
  #stay = 0;

  constructor(options: LogCarrierOptions) {
    const { open, channel } = options;
    this.#options = options;
    this.#channel = new LogChannel(open, `${channel}/log`, (frame) => {
      if (this.#isStarted) this.#call('receive', frame); // before, it could answer nobody
    });
    this.#alarm = new Alarm(
      () => this.#timers,
      () => this.#ask(() => this.#call('tick', this.#present)),
    );
  }

  /** Starts the log, once it is known who else is there; one whose bridge is off is alone. */
  connect(): void {
    if (this.#isOver || this.#stopPage !== undefined) return;
    this.#stopPage = followPage({
      onGone: (isForGood) => {
        this.#isPageGone = true;
        this.#depart(isForGood ? 'leave' : 'sleep');
      },
      onBack: () => {
        this.#isPageGone = false;
        this.#arrive();
      },
      onFrozen: () => this.#callHere('sleep'),
      onResumed: () => this.#callHere('wake'),
    });
    this.#arrive();
    if (!this.#isEnabled) this.#startAlone();
  }

  /** It is held no more. */
  release(): void {
    if (this.#isStarted || this.#isOver || this.#stopPage === undefined) return;
    if (this.#isHere) this.#ask(() => this.#start(this.#present));
    else if (!this.#isEnabled) this.#startAlone();
  }

  /** Of calls that others made. */
  follow(outcome: LogOutcome): void {
    if (this.#isOver) return;
    if (this.#isHere) {
      this.#channel.post(outcome.frames);
      this.#locks.use(outcome.lock, this.#keeper);
      if (this.#isStarted) this.#alarm.set(outcome.deadline);
    }
    try {
      this.#options.onOutcome(outcome);
    } catch (error) {
      reportLater(error);
    }
  }

  /** Of calls that others made, of which nothing else came. */
  wakeAt(deadline: number): void {
    if (this.#isHere && this.#isStarted) this.#alarm.set(deadline);
  }

  /** As the bridge is: while it is off nothing leaves or comes, and nobody sees this replica. */
  setEnabled(on: boolean): void {
    this.#isEnabled = on;
    if (on) this.#arrive();
    else this.#depart('sleep');
  }

  dispose(): void {
    if (this.#isOver) return;
    this.#depart('leave');
    this.#isOver = true;
    this.#stopPage?.();
  }

  /** The clock that the log is told. */
  now(): number {
    return this.#timers.now();
  }

  timeOfDay(): number {
    return this.#timers.timeOfDay?.() ?? Date.now();
  }

  inspect(): LogCarriage {
    return {
      channel: `${this.#options.channel}/log`,
      isOpen: this.#channel.isOpen,
      present: this.#present,
      lock: this.#locks.keeper,
    };
  }

  #arrive(): void {
    const isAway = this.#stopPage !== undefined && !this.#isHere && !this.#isOver;
    if (!isAway || !this.#isEnabled || this.#isPageGone) return;
    this.#isHere = true;
    this.#channel.open();
    this.#lookAround();
    this.#endPresence = this.#locks.hold(this.#options.id);
    this.#unwatch = this.#visibility.onChange(() => this.#tellVisibility());
    if (this.#isStarted) this.#call('wake');
    else this.#ask(() => this.#start(this.#present));
    this.#tellVisibility();
  }

  /** Clock, locks and visibility are those of the transport, as far as it has them. */
  #lookAround(): void {
    const { locks, channel, unsettled } = this.#options;
    const { transport } = this.#channel;
    this.#timers = transport?.timers ?? this.#timers;
    this.#visibility = transport?.visibility ?? this.#visibility;
    this.#locks = new LogLocks((locks ?? transport?.locks ?? webLocks()) || undefined, channel);
    transport?.follow?.(unsettled);
  }

  #start(present: readonly string[] | undefined): void {
    if (this.#isStarted || this.#options.isHeld?.() === true) return;
    this.#isStarted = true;
    this.#call('start', present);
    this.#tellVisibility();
  }

  #startAlone(): void {
    this.#start([]);
    if (this.#isStarted) this.#call('sleep');
  }

  #tellVisibility(): void {
    const { isHidden } = this.#visibility;
    if (!this.#isStarted || isHidden === this.#isHidden) return;
    this.#isHidden = isHidden;
    this.#call('setHidden', isHidden);
  }

  /** Of a log that nobody has started yet it is the only time. */
  #depart(call: 'leave' | 'sleep'): void {
    if (!this.#isHere) return;
    this.#start(this.#present);
    if (this.#isStarted) this.#call(call);
    this.#isHere = false;
    this.#stay += 1;
    this.#isAsking = false;
    this.#alarm.set(Infinity);
    this.#locks.use('release', this.#keeper);
    this.#unwatch();
    this.#endPresence();
    this.#channel.close();
  }

  /** At once where locks are told of at once; one question at a time. */
  #ask(then: () => void): void {
    if (this.#isAsking) return;
    const stay = this.#stay;
    this.#isAsking = true;
    this.#locks.present((ids) => {
      if (stay !== this.#stay) return;
      this.#isAsking = false;
      this.#present = ids?.filter((id) => id !== this.#options.id);
      then();
    });
  }

  #callHere(name: 'sleep' | 'wake'): void {
    if (this.#isHere && this.#isStarted) this.#call(name);
  }

  /** A log that fails is asked again at the next occasion, not by a timer. */
  #call<Name extends keyof LogCalls>(name: Name, ...args: ArgumentsOf<LogCalls[Name]>): void {
    try {
      const call = this.#options.calls[name] as (now: number, ...args: unknown[]) => LogOutcome;
      this.follow(call.call(this.#options.calls, this.#timers.now(), ...args));
    } catch (error) {
      reportLater(error);
    }
  }
}

type ArgumentsOf<Call> = Call extends (now: number, ...args: infer Args) => LogOutcome
  ? Args
  : never;
