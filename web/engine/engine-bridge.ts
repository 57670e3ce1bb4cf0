import { IsthmusError } from '../base/errors.js';
import type { EngineAction } from './action.js';
import { BridgeBooks } from './bridge-books.js';
import { BridgeContracts } from './bridge-contracts.js';
import { BridgeParking } from './bridge-parking.js';
import type { Shortcut } from './change.js';
import type { Decoder } from './codec/decoder.js';
import type { EncodeLimits } from './codec/encoder.js';
import { isBytes } from './codec/inert-reads.js';
import { EngineLog, type EngineLogOptions } from './engine-log.js';
import type { Funnel } from './funnel.js';
import { takeOver, type LostState } from './recovery.js';
import type { Remains } from './remains.js';
import { INBOUND, OUTBOUND } from './verdicts.js';

/** What a bridge says of an action that is about to leave. */
export type OutboundDecision =
  | { verdict: 'not-marked' }
  | { verdict: 'post'; envelope: unknown }
  | { verdict: 'refused'; reason: string; message: string };

/**
 * What a bridge says of a message that came in; `limited` when it is not even read, `passed-over` when the
 * main channel brings the same.
 */
export type InboundDecision =
  | { verdict: 'accepted'; gap: SequenceGap | undefined; action: EngineAction }
  | { verdict: 'applied'; gap: SequenceGap | undefined; settle(this: void): void }
  | { verdict: 'parked'; gap: SequenceGap | undefined }
  | { verdict: 'dropped'; reason: string; type: string; message: string }
  | { verdict: 'limited' }
  | { verdict: 'passed-over' };

/** Numbers of a sender among which at least one message never arrived. */
export interface SequenceGap {
  readonly sender: string;
  readonly from: number;
  readonly to: number;
}

const LIMITED = { verdict: 'limited' } as const;
const PASSED_OVER = { verdict: 'passed-over' } as const;
const NOT_MARKED = { verdict: 'not-marked' } as const;

interface CrossingOptions {
  /** Whether the bridge is switched on. */
  readonly enabled: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly limits: EncodeLimits;
}

export interface OutboundOptions extends CrossingOptions {
  readonly asBytes: boolean;
}

export interface InboundOptions extends CrossingOptions {
  /** Where the engine may apply what it accepts. */
  readonly shortcut: Shortcut | undefined;
}

/** Bounds on one bridge; see `BridgeOptions` in src/bridge/bridge.h. */
export interface EngineLimits {
  readonly bytes: number;
  readonly depth: number;
  readonly entries: number;
  readonly senders: number;
  readonly window: number;
  readonly types: number;
  readonly rejects: number;
  readonly parkBytes: number;
  readonly parkMessages: number;
  readonly parkMs: number;
  readonly actionBytes?: number;
  readonly actionSteps?: number;
}

/** What a bridge of the engine is made with. */
export interface EngineBridgeOptions {
  /** Names this store to others. */
  readonly sender: string;
  readonly store: string;
  readonly limits: EngineLimits;
  /** The legacy channel, if any: which schemaVersion is known there, if not each contract's own. */
  readonly legacy?: { readonly schemaVersion?: number } | undefined;
}

/**
 * One bridge of the engine, as JavaScript calls it: what may leave a store and what may come in. Messages
 * are untrusted, so what cannot be encoded is thrown as EncodeError for the caller to count.
 */
export class EngineBridge {
  readonly contracts: BridgeContracts;
  readonly parking: BridgeParking;
  readonly books: BridgeBooks;
  readonly #funnel: Funnel;
  readonly #number: number;
  readonly #options: EngineBridgeOptions;
  readonly #onEnded: () => void;
  #log: EngineLog | undefined;
  /** How many accepted messages are to be settled. */
  #unsettled = 0;

  constructor(funnel: Funnel, number: number, options: EngineBridgeOptions, onEnded: () => void) {
    this.#funnel = funnel;
    this.#number = number;
    this.#options = options;
    this.#onEnded = onEnded;
    this.contracts = new BridgeContracts(funnel, number);
    this.parking = new BridgeParking(funnel, number, () => void (this.#unsettled += 1));
    this.books = new BridgeBooks(funnel, number);
    createBridge(funnel, number, options);
  }

  /** From now on crossing actions are entries of a log. */
  openLog(options: EngineLogOptions): EngineLog {
    return (this.#log ??= new EngineLog(this.#funnel, this.#number, options));
  }

  /** Of the log's clock; without a log nobody asks for it. */
  #time(): number {
    return this.#log?.now() ?? 0;
  }

  destroy(): void {
    this.#onEnded();
    this.#funnel.call((engine) => engine.destroyBridge(this.#number));
  }

  /** The envelope as a plain object, or as bytes if it is large and they may be sent. */
  outbound(action: unknown, { enabled, now, limits, asBytes }: OutboundOptions): OutboundDecision {
    return this.#funnel.twice(() => {
      const length = this.#funnel.encoder.begin(limits, OF_ACTION).value(action).length;
      const verdict = this.#funnel.ask((engine) =>
        engine.isthmus_outbound(this.#number, length, Number(enabled), now, Number(asBytes)),
      );
      return this.#outboundAnswer(verdict);
    });
  }

  /** The plain action of what `outbound` has let leave, as `envelope`; `not-marked` without a legacy channel. */
  takePlain(): OutboundDecision {
    return this.#outboundAnswer(
      this.#funnel.ask((engine) => engine.isthmus_takePlain(this.#number)),
    );
  }

  #outboundAnswer(verdict: number): OutboundDecision {
    const decision = this.#readOutbound(verdict);
    this.#funnel.close();
    return decision;
  }

  #readOutbound(verdict: number): OutboundDecision {
    if (verdict === OUTBOUND.notMarked) return NOT_MARKED;
    const answer = this.#funnel.answer();
    if (verdict === OUTBOUND.post) return { verdict: 'post', envelope: answer.value() };
    if (verdict === OUTBOUND.postBytes) return { verdict: 'post', envelope: answer.bytes() };
    const reason = this.#funnel.dropReasons[answer.varint()]!;
    return { verdict: 'refused', reason, message: answer.text() };
  }

  /** Decides about a message, a plain object or bytes, and applies it where there is a shortcut. */
  inbound(message: unknown, { enabled, now, limits, shortcut }: InboundOptions): InboundDecision {
    return this.#funnel.twice(() => {
      const encoder = this.#funnel.encoder.begin(limits);
      const { length } = isBytes(message) ? encoder.bytes(message) : encoder.value(message);
      shortcut?.begin();
      const store = shortcut?.store ?? 0;
      const verdict = this.#funnel.ask((engine) =>
        engine.isthmus_inbound(this.#number, length, Number(enabled), now, this.#time(), store),
      );
      const decision = this.#inboundAnswer(verdict, shortcut);
      if (decision.verdict !== 'applied') shortcut?.cancel();
      return decision;
    });
  }

  /** As `inbound`, for a message of the legacy channel. */
  inboundLegacy(message: unknown, { enabled, now, limits }: CrossingOptions): InboundDecision {
    return this.#funnel.twice(() => {
      const length = this.#funnel.encoder.begin(limits, OF_ACTION).value(message).length;
      const verdict = this.#funnel.ask((engine) =>
        engine.isthmus_inboundLegacy(this.#number, length, Number(enabled), now),
      );
      return this.#inboundAnswer(verdict);
    });
  }

  #inboundAnswer(verdict: number, shortcut?: Shortcut): InboundDecision {
    const decision = this.#readInbound(verdict, shortcut);
    this.#funnel.close();
    if (decision.verdict === 'accepted') this.#unsettled += 1;
    return decision;
  }

  #readInbound(verdict: number, shortcut: Shortcut | undefined): InboundDecision {
    if (verdict === INBOUND.notRead) return LIMITED;
    if (verdict === INBOUND.passedOver) return PASSED_OVER;
    const answer = this.#funnel.answer();
    if (verdict === INBOUND.dropped) {
      const reason = this.#funnel.dropReasons[answer.varint()]!;
      return { verdict: 'dropped', reason, type: answer.text(), message: answer.text() };
    }
    const gap = gapOf(answer);
    if (verdict === INBOUND.parked) return { verdict: 'parked', gap };
    if (verdict === INBOUND.accepted) {
      return { verdict: 'accepted', gap, action: answer.value() as EngineAction };
    }
    const change = answer.change(answer.varint() === 1);
    return { verdict: 'applied', gap, settle: () => shortcut!.settle(change) };
  }

  /** Whether a sender's messages are not read now; counts one of them if so. */
  isLimited(sender: string, now: number): boolean {
    const length = this.#funnel.encode((encoder) => encoder.text(sender));
    return this.#funnel.call((engine) => engine.isthmus_isLimited(this.#number, length, now)) === 1;
  }

  /** As `isLimited`, of the legacy channel. */
  isLegacyLimited(now: number): boolean {
    return this.#funnel.call((engine) => engine.isthmus_isLegacyLimited(this.#number, now)) === 1;
  }

  /** What became of an accepted message. It is told once, though the engine fails at it. */
  settle(applied: boolean, isTooLarge = false): void {
    const left = this.#unsettled - 1;
    const settle = () =>
      this.#funnel.call((engine) =>
        engine.isthmus_settle(this.#number, Number(applied), Number(isTooLarge)),
      );
    this.#funnel.twice(() => {
      this.#funnel.heal();
      if (this.#unsettled > left) settle();
    });
    this.#unsettled = left;
  }

  /** Makes it in another instance, under the same number. */
  restoreTo(heir: Funnel, remains: Remains, lost: LostState[]): void {
    createBridge(heir, this.#number, this.#options);
    this.contracts.restoreTo(heir);
    takeOver(lost, { store: this.#options.store }, () => {
      const books = remains.books(this.#number);
      if (books === undefined) throw new IsthmusError('unknown-id', 'it could not be read');
      const length = heir.encode((encoder) => encoder.bytes(books));
      this.#unsettled = heir.call((engine) =>
        engine.restoreBooks(this.#number, this.#unsettled, length),
      );
    });
    this.#log?.restoreTo(heir, remains, lost, this.#options.store);
  }
}

function createBridge(
  funnel: Funnel,
  bridge: number,
  { sender, store, limits, legacy }: EngineBridgeOptions,
): void {
  const length = funnel.encode((encoder) => {
    encoder.text(sender).text(store);
    for (const name of ENGINE_LIMITS) encoder.varint(limits[name] ?? 0);
    encoder.varint(Number(legacy !== undefined)).varint(legacy?.schemaVersion ?? 0);
  });
  funnel.call((engine) => engine.createBridge(bridge, length));
}

/** How deep the members of an action lie in it. */
const OF_ACTION = 1;

/** In the order in which `createBridge` of bindings/control.cpp reads them. */
const ENGINE_LIMITS = [
  'bytes',
  'depth',
  'entries',
  'senders',
  'window',
  'types',
  'rejects',
  'parkBytes',
  'parkMessages',
  'parkMs',
  'actionBytes',
  'actionSteps',
] as const satisfies readonly (keyof EngineLimits)[];

function gapOf(answer: Decoder): SequenceGap | undefined {
  if (answer.varint() === 0) return undefined;
  return { sender: answer.text(), from: answer.float64(), to: answer.float64() };
}
