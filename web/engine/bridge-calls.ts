import { isBytes } from './bytes.js';
import { readChange, type Shortcut } from './change.js';
import type { Decoder } from './decoder.js';
import type { EngineAction } from './engine.js';
import type { EncodeLimits } from './encoder.js';
import type { Funnel } from './funnel.js';
import { ParkingCalls } from './parking-calls.js';

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

/** The legacy channel of a bridge: which schemaVersion is known there, if not simply each contract's own. */
export interface EngineLegacy {
  readonly schemaVersion?: number;
}

const LIMITED = { verdict: 'limited' } as const;
const PASSED_OVER = { verdict: 'passed-over' } as const;

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

/** Numbers of a sender among which at least one message never arrived. */
export interface SequenceGap {
  readonly sender: string;
  readonly from: number;
  readonly to: number;
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

/**
 * The engine's bridges, each named by a number: what may leave a store and what may come in. Messages
 * are untrusted, so what cannot be encoded is thrown as EncodeError for the caller to count.
 */
export class BridgeCalls {
  readonly parking: ParkingCalls;
  readonly #funnel: Funnel;

  constructor(funnel: Funnel) {
    this.parking = new ParkingCalls(funnel);
    this.#funnel = funnel;
  }

  get dropReasons(): readonly string[] {
    return this.#funnel.dropReasons;
  }

  create(sender: string, store: string, limits: EngineLimits, legacy?: EngineLegacy): number {
    const length = this.#funnel.encode((encoder) => {
      encoder.text(sender).text(store);
      for (const name of ENGINE_LIMITS) encoder.varint(limits[name] ?? 0);
      encoder.varint(Number(legacy !== undefined)).varint(legacy?.schemaVersion ?? 0);
    });
    return this.#funnel.call(() => this.#funnel.module.createBridge(length));
  }

  destroy(bridge: number): void {
    this.#funnel.call(() => this.#funnel.module.destroyBridge(bridge));
  }

  addContract(bridge: number, type: string, owner: string, contract: unknown): void {
    const length = this.#funnel.encode((encoder) => encoder.text(type).text(owner).value(contract));
    this.#funnel.call(() => this.#funnel.module.addContract(bridge, length));
  }

  removeContracts(bridge: number, owner: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(owner));
    this.#funnel.call(() => this.#funnel.module.removeContracts(bridge, length));
  }

  describeContracts(bridge: number): unknown {
    this.#funnel.call(() => this.#funnel.module.describeContracts(bridge));
    return this.#funnel.answer().value();
  }

  /** The envelope as a plain object, or as bytes if it is large and they may be sent. */
  outbound(
    bridge: number,
    action: unknown,
    { enabled, now, limits, asBytes }: OutboundOptions,
  ): OutboundDecision {
    const { module } = this.#funnel;
    const length = this.#funnel.encoder.begin(limits).value(action).length;
    const verdict = this.#funnel.call(() =>
      module._isthmus_outbound(bridge, length, Number(enabled), now, Number(asBytes)),
    );
    return this.#outboundAnswer(verdict);
  }

  /** The plain action of what `outbound` has let leave, as `envelope`; `not-marked` without a legacy channel. */
  takePlain(bridge: number): OutboundDecision {
    return this.#outboundAnswer(
      this.#funnel.call(() => this.#funnel.module._isthmus_takePlain(bridge)),
    );
  }

  #outboundAnswer(verdict: number): OutboundDecision {
    if (verdict === 0) return { verdict: 'not-marked' };
    const answer = this.#funnel.answer();
    if (verdict === 1) return { verdict: 'post', envelope: answer.value() };
    if (verdict === 3) return { verdict: 'post', envelope: answer.bytes() };
    const reason = this.#funnel.dropReasons[answer.varint()]!;
    return { verdict: 'refused', reason, message: answer.text() };
  }

  /** Decides about a message, a plain object or bytes, and applies it where there is a shortcut. */
  inbound(
    bridge: number,
    message: unknown,
    { enabled, now, limits, shortcut }: InboundOptions,
  ): InboundDecision {
    const { hotCalls, encoder: input } = this.#funnel;
    const encoder = input.begin(limits);
    const { length } = isBytes(message) ? encoder.bytes(message) : encoder.value(message);
    const verdict = this.#funnel.call(() =>
      hotCalls.inbound(bridge, length, Number(enabled), now, shortcut?.store ?? 0),
    );
    return this.#inboundAnswer(verdict, shortcut);
  }

  /** As `inbound`, for a message of the legacy channel. */
  inboundLegacy(
    bridge: number,
    message: unknown,
    enabled: boolean,
    now: number,
    limits: EncodeLimits,
  ): InboundDecision {
    const length = this.#funnel.encoder.begin(limits).value(message).length;
    return this.#inboundAnswer(
      this.#funnel.call(() =>
        this.#funnel.module._isthmus_inboundLegacy(bridge, length, Number(enabled), now),
      ),
    );
  }

  #inboundAnswer(verdict: number, shortcut?: Shortcut): InboundDecision {
    if (verdict === 2) return LIMITED;
    if (verdict === 4) return PASSED_OVER;
    const answer = this.#funnel.answer();
    if (verdict === 0) {
      const reason = this.#funnel.dropReasons[answer.varint()]!;
      return { verdict: 'dropped', reason, type: answer.text(), message: answer.text() };
    }
    const gap = gapOf(answer);
    if (verdict === 1) return { verdict: 'accepted', gap, action: answer.value() as EngineAction };
    if (verdict === 5) return { verdict: 'parked', gap };
    const change = readChange(answer, answer.varint() === 1, this.#funnel.views);
    return { verdict: 'applied', gap, settle: () => shortcut!.settle(change) };
  }

  /** Whether a sender's messages are not read now; counts one of them if so. */
  isLimited(bridge: number, sender: string, now: number): boolean {
    const length = this.#funnel.encode((encoder) => encoder.text(sender));
    return (
      this.#funnel.call(() => this.#funnel.module._isthmus_isLimited(bridge, length, now)) === 1
    );
  }

  /** As `isLimited`, of the legacy channel. */
  isLegacyLimited(bridge: number, now: number): boolean {
    return this.#funnel.call(() => this.#funnel.module._isthmus_isLegacyLimited(bridge, now)) === 1;
  }

  settle(bridge: number, applied: boolean, isTooLarge: boolean): void {
    const { module } = this.#funnel;
    this.#funnel.call(() => module._isthmus_settle(bridge, Number(applied), Number(isTooLarge)));
  }

  countDrop(bridge: number, reason: string): void {
    this.#funnel.call(() =>
      this.#funnel.module.countDrop(bridge, this.#funnel.dropReasons.indexOf(reason)),
    );
  }

  countRefusal(bridge: number, reason: string, type: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(type));
    const index = this.#funnel.dropReasons.indexOf(reason);
    this.#funnel.call(() => this.#funnel.module.countRefusal(bridge, index, length));
  }

  counters(bridge: number): unknown {
    this.#funnel.call(() => this.#funnel.module.counters(bridge));
    return this.#funnel.answer().value();
  }
}

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
