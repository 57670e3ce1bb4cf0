import { EngineError, IsthmusError } from '../base/errors.js';
import type { EngineAction } from './action.js';
import { type Shortcut } from './change.js';
import type { Decoder } from './codec/decoder.js';
import type { EncodeLimits } from './codec/encoder.js';
import { isBytes } from './codec/inert-reads.js';
import type { Funnel } from './funnel.js';
import type { EngineModule } from './module.js';
import { Numbered } from './numbered.js';
import { ParkingCalls } from './parking-calls.js';
import { takeOver, type LostState } from './recovery.js';
import type { Remains } from './remains.js';

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

/** Of each sender the numbers of its messages, as first and last of each row of them, rising. */
export type Heard = Readonly<Record<string, readonly number[]>>;

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

/** One app's contracts, by action type. */
type OwnContracts = ReadonlyMap<string, unknown>;
const NONE: OwnContracts = new Map();

/** What one bridge was made of, so that another instance can be given the same. */
interface BridgeHolding {
  readonly options: {
    readonly sender: string;
    readonly store: string;
    readonly limits: EngineLimits;
    readonly legacy: EngineLegacy | undefined;
  };
  /** By owner. */
  readonly contracts: Map<string, Map<string, unknown>>;
  /** How many accepted messages are to be settled. */
  unsettled: number;
}

/**
 * The engine's bridges, each named by a number: what may leave a store and what may come in. Messages
 * are untrusted, so what cannot be encoded is thrown as EncodeError for the caller to count.
 */
export class BridgeCalls {
  readonly parking: ParkingCalls;
  readonly #funnel: Funnel;
  readonly #bridges = new Numbered<BridgeHolding>();

  constructor(funnel: Funnel) {
    this.parking = new ParkingCalls(funnel, (bridge) => this.#handedOver(bridge));
    this.#funnel = funnel;
  }

  get dropReasons(): readonly string[] {
    return this.#funnel.dropReasons;
  }

  create(sender: string, store: string, limits: EngineLimits, legacy?: EngineLegacy): number {
    const options = { sender, store, limits, legacy };
    const holding: BridgeHolding = { options, contracts: new Map(), unsettled: 0 };
    const bridge = this.#bridges.add(holding);
    createBridge(this.#funnel, bridge, holding);
    return bridge;
  }

  destroy(bridge: number): void {
    this.#bridges.remove(bridge);
    this.#funnel.call((engine) => engine.destroyBridge(bridge));
  }

  addContract(bridge: number, type: string, owner: string, contract: unknown): void {
    addContract(this.#funnel, bridge, type, owner, contract);
    const { contracts } = this.#bridges.get(bridge)!;
    const own = contracts.get(owner) ?? new Map<string, unknown>();
    contracts.set(owner, own.set(type, contract));
  }

  contractsOf(bridge: number, owner: string): OwnContracts {
    return this.#bridges.get(bridge)!.contracts.get(owner) ?? NONE;
  }

  removeContracts(bridge: number, owner: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(owner));
    this.#funnel.call((engine) => engine.removeContracts(bridge, length));
    this.#bridges.get(bridge)!.contracts.delete(owner);
  }

  describeContracts(bridge: number): unknown {
    return this.#plain((engine) => engine.describeContracts(bridge));
  }

  /** The envelope as a plain object, or as bytes if it is large and they may be sent. */
  outbound(bridge: number, action: unknown, options: OutboundOptions): OutboundDecision {
    return this.#twice(() => this.#outbound(bridge, action, options));
  }

  #outbound(
    bridge: number,
    action: unknown,
    { enabled, now, limits, asBytes }: OutboundOptions,
  ): OutboundDecision {
    const length = this.#funnel.encoder.begin(limits, OF_ACTION).value(action).length;
    const verdict = this.#funnel.ask((engine) =>
      engine._isthmus_outbound(bridge, length, Number(enabled), now, Number(asBytes)),
    );
    return this.#outboundAnswer(verdict);
  }

  /** The plain action of what `outbound` has let leave, as `envelope`; `not-marked` without a legacy channel. */
  takePlain(bridge: number): OutboundDecision {
    return this.#outboundAnswer(this.#funnel.ask((engine) => engine._isthmus_takePlain(bridge)));
  }

  #outboundAnswer(verdict: number): OutboundDecision {
    const decision = this.#readOutbound(verdict);
    this.#funnel.close();
    return decision;
  }

  #readOutbound(verdict: number): OutboundDecision {
    if (verdict === 0) return { verdict: 'not-marked' };
    const answer = this.#funnel.answer();
    if (verdict === 1) return { verdict: 'post', envelope: answer.value() };
    if (verdict === 3) return { verdict: 'post', envelope: answer.bytes() };
    const reason = this.#funnel.dropReasons[answer.varint()]!;
    return { verdict: 'refused', reason, message: answer.text() };
  }

  /** Decides about a message, a plain object or bytes, and applies it where there is a shortcut. */
  inbound(bridge: number, message: unknown, options: InboundOptions): InboundDecision {
    return this.#twice(() => this.#inbound(bridge, message, options));
  }

  #inbound(
    bridge: number,
    message: unknown,
    { enabled, now, limits, shortcut }: InboundOptions,
  ): InboundDecision {
    const encoder = this.#funnel.encoder.begin(limits);
    const { length } = isBytes(message) ? encoder.bytes(message) : encoder.value(message);
    const { inbound } = this.#funnel.instance.hotCalls;
    shortcut?.begin();
    const verdict = this.#funnel.ask(() =>
      inbound(bridge, length, Number(enabled), now, shortcut?.store ?? 0),
    );
    const decision = this.#inboundAnswer(bridge, verdict, shortcut);
    if (decision.verdict !== 'applied') shortcut?.cancel();
    return decision;
  }

  /** As `inbound`, for a message of the legacy channel. */
  inboundLegacy(
    bridge: number,
    message: unknown,
    enabled: boolean,
    now: number,
    limits: EncodeLimits,
  ): InboundDecision {
    return this.#twice(() => {
      const length = this.#funnel.encoder.begin(limits, OF_ACTION).value(message).length;
      const verdict = this.#funnel.ask((engine) =>
        engine._isthmus_inboundLegacy(bridge, length, Number(enabled), now),
      );
      return this.#inboundAnswer(bridge, verdict);
    });
  }

  #inboundAnswer(bridge: number, verdict: number, shortcut?: Shortcut): InboundDecision {
    const decision = this.#readInbound(verdict, shortcut);
    this.#funnel.close();
    if (decision.verdict === 'accepted') this.#handedOver(bridge);
    return decision;
  }

  /** It is JavaScript's to settle. */
  #handedOver(bridge: number): void {
    this.#bridges.get(bridge)!.unsettled += 1;
  }

  #readInbound(verdict: number, shortcut: Shortcut | undefined): InboundDecision {
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
    const change = answer.change(answer.varint() === 1);
    return { verdict: 'applied', gap, settle: () => shortcut!.settle(change) };
  }

  /** Whether a sender's messages are not read now; counts one of them if so. */
  isLimited(bridge: number, sender: string, now: number): boolean {
    const length = this.#funnel.encode((encoder) => encoder.text(sender));
    return this.#funnel.call((engine) => engine._isthmus_isLimited(bridge, length, now)) === 1;
  }

  /** What the state of this moment holds; undefined while an accepted message is being applied. */
  heard(bridge: number): Heard | undefined {
    const isSettled = this.#funnel.ask((engine) => engine._isthmus_heard(bridge)) === 1;
    const heard = isSettled ? this.#readHeard() : undefined;
    this.#funnel.close();
    return heard;
  }

  #readHeard(): Heard {
    const answer = this.#funnel.answer();
    const heard = new Map<string, number[]>();
    for (let left = answer.varint(); left > 0; left--) {
      const sender = answer.text();
      const row = [answer.float64(), answer.float64()];
      heard.set(sender, [...(heard.get(sender) ?? []), ...row]);
    }
    return Object.fromEntries(heard);
  }

  /** What the slice's state holds from now on: messages of its types, and of those listed. */
  addHeard(bridge: number, key: string, types: readonly string[], heard: Heard): void {
    const length = this.#funnel.encode((encoder) => {
      encoder.text(key).varint(types.length);
      types.forEach((type) => encoder.text(type));
      for (const [sender, rows] of Object.entries(heard)) {
        for (let i = 0; i < rows.length; i += 2) {
          encoder
            .text(sender)
            .float64(rows[i]!)
            .float64(rows[i + 1]!);
        }
      }
    });
    this.#funnel.call((engine) => engine._isthmus_addHeard(bridge, length));
  }

  /** As `isLimited`, of the legacy channel. */
  isLegacyLimited(bridge: number, now: number): boolean {
    return this.#funnel.call((engine) => engine._isthmus_isLegacyLimited(bridge, now)) === 1;
  }

  /** A message, or an action that crosses, cannot be sent again: what the engine failed at is tried once more. */
  #twice<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'engine-failed') throw error;
      return run();
    }
  }

  /** Once, though the engine fails at it. */
  settle(bridge: number, applied: boolean, isTooLarge = false): void {
    const holding = this.#bridges.get(bridge)!;
    const left = holding.unsettled - 1;
    const settle = () =>
      this.#funnel.call((engine) =>
        engine._isthmus_settle(bridge, Number(applied), Number(isTooLarge)),
      );
    this.#twice(() => {
      this.#funnel.heal();
      if (holding.unsettled > left) settle();
    });
    holding.unsettled = left;
  }

  countDrop(bridge: number, reason: string): void {
    const index = this.#funnel.dropReasons.indexOf(reason);
    this.#funnel.call((engine) => engine.countDrop(bridge, index));
  }

  countRefusal(bridge: number, reason: string, type: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(type));
    const index = this.#funnel.dropReasons.indexOf(reason);
    this.#funnel.call((engine) => engine.countRefusal(bridge, index, length));
  }

  /** What was counted as sent could not be posted. */
  countUnsent(bridge: number, type: string): void {
    const length = this.#funnel.encode((encoder) => encoder.text(type));
    this.#funnel.call((engine) => engine.countUnsent(bridge, length));
  }

  counters(bridge: number): unknown {
    return this.#plain((engine) => engine.counters(bridge));
  }

  /** Makes all bridges in another instance, under the same numbers. */
  restoreTo(heir: Funnel, remains: Remains, lost: LostState[]): void {
    this.#bridges.forEach((holding, bridge) => {
      createBridge(heir, bridge, holding);
      for (const [owner, own] of holding.contracts) {
        for (const [type, contract] of own) addContract(heir, bridge, type, owner, contract);
      }
      takeOver(lost, { store: holding.options.store }, () => {
        const books = remains.books(bridge);
        if (books === undefined) throw new IsthmusError('unknown-id', 'it could not be read');
        const length = heir.encode((encoder) => encoder.bytes(books));
        holding.unsettled = heir.call((engine) =>
          engine.restoreBooks(bridge, holding.unsettled, length),
        );
      });
    });
  }

  #plain(call: (engine: EngineModule) => number): unknown {
    this.#funnel.ask(call);
    const value = this.#funnel.answer().value();
    this.#funnel.close();
    return value;
  }
}

function createBridge(funnel: Funnel, bridge: number, { options }: BridgeHolding): void {
  const { sender, store, limits, legacy } = options;
  const length = funnel.encode((encoder) => {
    encoder.text(sender).text(store);
    for (const name of ENGINE_LIMITS) encoder.varint(limits[name] ?? 0);
    encoder.varint(Number(legacy !== undefined)).varint(legacy?.schemaVersion ?? 0);
  });
  funnel.call((engine) => engine.createBridge(bridge, length));
}

function addContract(
  funnel: Funnel,
  bridge: number,
  type: string,
  owner: string,
  contract: unknown,
): void {
  const length = funnel.encode((encoder) => encoder.text(type).text(owner).value(contract));
  funnel.call((engine) => engine.addContract(bridge, length));
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
