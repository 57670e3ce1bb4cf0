import type { LogEntry, LogInspection } from '../api/log.js';
import { IsthmusError } from '../base/errors.js';
import { keyIn } from '../base/log-name.js';
import type { EngineAction } from './action.js';
import type { Encoder } from './codec/encoder.js';
import type { EncodeLimits } from './codec/encoder.js';
import type { Funnel } from './funnel.js';
import {
  readOutcome,
  readWish,
  type EngineLogOutcome,
  type GivenState,
  type Recording,
  type StateWish,
} from './log-answers.js';
import type { LogCalls } from './log-outcome.js';
import { listOf, readReplay, type Place, type Replay } from './log-replay.js';
import type { EngineModule } from './module.js';
import { takeOver, type LostState } from './recovery.js';
import type { Remains } from './remains.js';

/** How a log is kept; see `LogOptions` of web/api/bridge.ts. */
export interface EngineLogOptions {
  readonly keep: number;
  readonly entries: number;
  readonly bytes: number;
  readonly settleAfter: number;
  readonly settles: boolean;
  /** Milliseconds of a clock that never goes back. */
  now(this: void): number;
  /** Milliseconds since 1970. */
  timeOfDay(this: void): number;
  /** Called some time after it has got into another instance. */
  onRenewed(this: void): void;
}

/** A slice that converges: its name in the log is its key with its fingerprint. */
export interface EngineConvergence {
  readonly store: number;
  readonly key: string;
  readonly name: string;
  /** The program's number; 0 for a slice that the engine has not. */
  readonly definition: number;
  /** Whether a state of another release can be carried to this one. */
  readonly hasUpcast: boolean;
  /** Of a slice that JavaScript reduces: what it begins with here, and where nobody has anything. */
  readonly seed?: unknown;
  readonly initialState?: unknown;
  /** Of one that the engine reduces, if it has taken actions since: what it begins with here. */
  readonly begun?: unknown;
}

/** An own action whose reducers are to run, pending under its serial number. */
export type PreparedOwn =
  | {
      readonly serial: number;
      readonly refusal: { readonly reason: string; readonly message: string };
    }
  | { readonly serial: number; readonly envelope: unknown; readonly replay: Replay | undefined };

/** How an own action is to leave. */
interface Leaving {
  readonly enabled: boolean;
  readonly asBytes: boolean;
  readonly limits: EncodeLimits;
}

/** One of the two calls about own actions. */
type OwnCall = (
  engine: EngineModule,
  ...given: [length: number, on: number, bytes: number, wall: number, time: number]
) => number;

/** An own action that the store has taken, and now the log. */
export type RecordedOwn =
  | { readonly refusal: { readonly reason: string; readonly message: string } }
  | { readonly envelope: unknown; readonly replay: Replay | undefined };

/** What the log has changed, likewise. */
export interface PreparedShown {
  readonly serial: number;
  readonly replay: Replay | undefined;
}

/** In the order of `Event` in bindings/crossing/log.cpp. */
const EVENTS = {
  ...{ none: 0, start: 1, tick: 2, receive: 3, wake: 4, sleep: 5, leave: 6 },
  ...{ hide: 7, show: 8, granted: 9, lost: 10, forget: 11 },
} as const;

/** The log of one bridge of the engine, as JavaScript calls it (src/log/log.h). */
export class EngineLog implements LogCalls {
  readonly #funnel: Funnel;
  readonly #bridge: number;
  readonly #options: EngineLogOptions;
  readonly #slices = new Map<string, EngineConvergence>();

  constructor(funnel: Funnel, bridge: number, options: EngineLogOptions) {
    this.#funnel = funnel;
    this.#bridge = bridge;
    this.#options = options;
    openLog(funnel, bridge, options);
  }

  now(): number {
    return this.#options.now();
  }

  #timeOfDay(): number {
    return this.#options.timeOfDay();
  }

  start(now: number, present: readonly string[] | undefined): EngineLogOutcome {
    return this.#happen(EVENTS.start, now, (encoder) => writePresent(encoder, present));
  }
  tick(now: number, present: readonly string[] | undefined): EngineLogOutcome {
    return this.#happen(EVENTS.tick, now, (encoder) => writePresent(encoder, present));
  }
  receive(now: number, frame: Uint8Array): EngineLogOutcome {
    return this.#happen(EVENTS.receive, now, (encoder) => encoder.bytes(frame));
  }
  wake(now: number): EngineLogOutcome {
    return this.#happen(EVENTS.wake, now);
  }
  sleep(now: number): EngineLogOutcome {
    return this.#happen(EVENTS.sleep, now);
  }
  leave(now: number): EngineLogOutcome {
    return this.#happen(EVENTS.leave, now);
  }
  setHidden(now: number, hidden: boolean): EngineLogOutcome {
    return this.#happen(hidden ? EVENTS.hide : EVENTS.show, now);
  }
  lockGranted(now: number): EngineLogOutcome {
    return this.#happen(EVENTS.granted, now);
  }
  lockLost(now: number): EngineLogOutcome {
    return this.#happen(EVENTS.lost, now);
  }
  /** Whether states are to be shown anew. */
  get isMoved(): boolean {
    return this.#funnel.call((engine) => engine.isthmus_isLogMoved(this.#bridge)) === 1;
  }

  /** Settles what it can, and keeps no more than others may lack. */
  forget(now: number): EngineLogOutcome {
    return this.#happen(EVENTS.forget, now);
  }
  /** What earlier calls have left to do. */
  outcome(now: number): EngineLogOutcome {
    return this.#happen(EVENTS.none, now);
  }

  /** When it wants to be called, where nothing else has come of earlier calls; otherwise NaN. */
  pulse(now: number): number {
    return this.#funnel.twice(() => {
      const deadline = this.#funnel.ask((engine) => engine.isthmus_logPulse(this.#bridge, now));
      this.#funnel.close();
      return deadline;
    });
  }
  /** Entries that are not settled. */
  unsettled(): number {
    return this.#funnel.call((engine) => engine.isthmus_unsettled(this.#bridge));
  }

  #happen(event: number, now: number, write?: (encoder: Encoder) => unknown): EngineLogOutcome {
    return this.#funnel.twice(() => {
      const length = write === undefined ? 0 : this.#funnel.encode(write);
      return this.#readOutcome((engine) =>
        engine.isthmus_log(this.#bridge, event, length, this.#timeOfDay(), now),
      );
    });
  }

  giveStates(states: readonly GivenState[]): EngineLogOutcome {
    const length = this.#funnel.encode((encoder) => writeStates(encoder, states));
    return this.#readOutcome((engine) =>
      engine.isthmus_giveStates(this.#bridge, length, this.now()),
    );
  }

  /** What a state of another release is in this one; nothing where it cannot be carried. */
  carry(slice: string, place: Place, state?: { readonly value: unknown }): EngineLogOutcome {
    const length = this.#funnel.encode((encoder) => {
      encoder.text(slice).float64(place);
      if (state !== undefined) encoder.value(state.value);
    });
    return this.#readOutcome((engine) =>
      engine.isthmus_carry(this.#bridge, length, this.#timeOfDay(), this.now()),
    );
  }

  /** A slice of JavaScript's begins with another state than it was given. */
  setSeed(name: string, seed: unknown): void {
    const slice = this.#slices.get(name);
    if (slice !== undefined) this.#slices.set(name, { ...slice, seed });
  }

  /** Of the slice under a key, as it converges here. */
  fingerprint(key: string): string {
    const name = [...this.#slices.keys()].find((each) => keyIn(each) === key) ?? '';
    return name.slice(key.length + 1);
  }

  /** Why a state cannot be given, if it cannot. */
  failureOf(state: unknown, limits?: EncodeLimits): unknown {
    try {
      this.#funnel.encoder.begin(limits).value(state);
      return undefined;
    } catch (error) {
      return this.#funnel.refusal(error);
    }
  }

  /** What is kept, the newest first. */
  entries(): readonly LogEntry[] {
    return this.#describe(true) as readonly LogEntry[];
  }

  /** All else that is to be seen of it. */
  inspect(): LogInspection {
    return this.#describe(false) as LogInspection;
  }

  #describe(entries: boolean): unknown {
    return this.#funnel.plain((engine) =>
      engine.isthmus_describeLog(this.#bridge, Number(entries), this.now()),
    );
  }

  /** The states that {@link record} needs. */
  recordWishes(whole: boolean): readonly StateWish[] {
    this.#funnel.ask((engine) => engine.isthmus_recordWishes(this.#bridge, Number(whole)));
    const answer = this.#funnel.answer();
    const wishes = listOf(answer, () => readWish(answer));
    this.#funnel.close();
    return wishes;
  }

  /** What a storage keeps of it. */
  record(states: readonly GivenState[], whole: boolean): Recording {
    const length = this.#funnel.encode((encoder) => writeStates(encoder, states));
    const isWhole = this.#funnel.ask((engine) =>
      engine.isthmus_recordLog(this.#bridge, Number(whole), length),
    );
    const record = this.#funnel.answer().value();
    this.#funnel.close();
    return { record, isWhole: isWhole === 1 };
  }

  /** Begins with a record, before it is started; false where the record does not hold. */
  begin(record: unknown): boolean {
    const length = this.#funnel.encode((encoder) => encoder.value(record));
    return (
      this.#funnel.call((engine) =>
        engine.isthmus_beginLog(this.#bridge, length, this.#timeOfDay(), this.now()),
      ) === 1
    );
  }

  /** Makes it in another instance. */
  restoreTo(heir: Funnel, remains: Remains, lost: LostState[], store: string): void {
    openLog(heir, this.#bridge, this.#options);
    for (const slice of this.#slices.values()) converge(heir, this.#bridge, slice, this.#options);
    takeOver(lost, { store }, () => {
      const books = remains.log(this.#bridge);
      if (books === undefined) throw new IsthmusError('unknown-id', 'its log could not be read');
      const length = heir.encode((encoder) => encoder.bytes(books));
      heir.call((engine) =>
        engine.isthmus_restoreLog(this.#bridge, length, this.#timeOfDay(), this.now()),
      );
    });
    queueMicrotask(() => this.#options.onRenewed());
  }

  /** Of a call that answers whether there is more to it than its times. */
  #readOutcome(call: (engine: EngineModule) => number): EngineLogOutcome {
    const isMore = this.#funnel.ask(call) === 1;
    const outcome = readOutcome(this.#funnel.answer(), isMore);
    this.#funnel.close();
    return outcome;
  }

  /** Throws what `converge` would. */
  assertPlain(states: readonly unknown[]): void {
    this.#funnel.encode((encoder) => states.forEach((state) => encoder.value(state)));
  }

  /** From now on the slice's states are those that the log gives. */
  converge(slice: EngineConvergence): void {
    converge(this.#funnel, this.#bridge, slice, this.#options);
    this.#slices.set(slice.name, slice);
  }

  unconverge(name: string): void {
    const slice = this.#slices.get(name);
    if (slice === undefined) return;
    this.#slices.delete(name);
    const length = this.#funnel.encode((encoder) => encoder.text(slice.key).text(name));
    this.#funnel.call((engine) => engine.isthmus_unconverge(this.#bridge, slice.store, length));
  }

  /** Contracts have come or gone. */
  readAnew(): void {
    this.#funnel.call((engine) => engine.isthmus_readLogAnew(this.#bridge));
  }

  /** Before the reducers of an action that is to cross. */
  prepareOwn(store: number, action: EngineAction, how: Leaving): PreparedOwn {
    return this.#own(action, how, (engine, ...given) =>
      engine.isthmus_prepareOwn(this.#bridge, store, ...given),
    );
  }

  /** An own action that the store took before there was a log. */
  recordOwn(action: EngineAction, how: Leaving): RecordedOwn {
    return this.#own(action, how, (engine, ...given) =>
      engine.isthmus_recordOwn(this.#bridge, ...given),
    );
  }

  #own(action: EngineAction, { enabled, asBytes, limits }: Leaving, call: OwnCall): PreparedOwn {
    const { length } = this.#funnel.encoder.begin(limits, 1).value(action);
    const [on, bytes] = [Number(enabled), Number(asBytes)];
    const wall = this.#timeOfDay();
    const serial = this.#funnel.ask(
      (engine) => call(engine, length, on, bytes, wall, this.now()),
      action.type,
    );
    const own = this.#readOwn(serial);
    this.#funnel.close();
    return own;
  }

  #readOwn(serial: number): PreparedOwn {
    const answer = this.#funnel.answer();
    if (answer.varint() === 0) {
      const reason = this.#funnel.dropReasons[answer.varint()]!;
      return { serial, refusal: { reason, message: answer.text() } };
    }
    const envelope = answer.varint() === 1 ? answer.bytes() : answer.value();
    return { serial, envelope, replay: readReplay(answer) };
  }

  /** What the log has changed, together with an action that has crossed, where a native slice may have it. */
  prepareShown(store: number, action?: EngineAction): PreparedShown {
    const length =
      action === undefined ? 0 : this.#funnel.encode((encoder) => encoder.value(action));
    const serial = this.#funnel.ask(
      (engine) => engine.isthmus_prepareShown(this.#bridge, store, length),
      action?.type,
    );
    const answer = this.#funnel.answer();
    const replay = readReplay(answer);
    this.#funnel.close();
    return { serial, replay };
  }
}

function openLog(funnel: Funnel, bridge: number, options: EngineLogOptions): void {
  const length = funnel.encode((encoder) => {
    encoder.varint(options.keep).varint(options.entries).varint(options.bytes);
    encoder.float64(options.settleAfter);
    encoder.varint(Number(options.settles));
  });
  funnel.call((engine) => engine.isthmus_openLog(bridge, length));
}

function converge(
  funnel: Funnel,
  bridge: number,
  slice: EngineConvergence,
  { timeOfDay, now }: EngineLogOptions,
): void {
  const { store, definition, key, name } = slice;
  const length = funnel.encode((encoder) => {
    const isHeld = 'seed' in slice;
    encoder.text(key).text(name).varint(Number(slice.hasUpcast)).varint(Number(isHeld));
    if (isHeld) encoder.value(slice.seed).value(slice.initialState);
    else if ('begun' in slice) encoder.value(slice.begun);
  });
  funnel.call((engine) =>
    engine.isthmus_converge(bridge, store, definition, length, timeOfDay(), now()),
  );
}

function writePresent(encoder: Encoder, present: readonly string[] | undefined): void {
  encoder.varint(Number(present !== undefined));
  for (const id of present ?? []) encoder.text(id);
}

function writeStates(encoder: Encoder, states: readonly GivenState[]): void {
  for (const { slice, place, state } of states) encoder.text(slice).float64(place).value(state);
}
