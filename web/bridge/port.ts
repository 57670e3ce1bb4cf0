import type { Action } from 'redux';

import type {
  BridgeCounters,
  BridgeLimits,
  Crossing,
  Drop,
  DropReason,
  Gap,
} from '../api/bridge.js';
import type { CrossingSlot, Nesting, PortHoldings } from '../api/crossing-port.js';
import { callAlone, type Listeners, reportLater } from '../base/listeners.js';
import { randomId } from '../base/random-id.js';
import type { Shortcut } from '../engine/change.js';
import type { EngineLogOptions } from '../engine/engine-log.js';
import type { Recording } from '../engine/log-answers.js';
import type { LogStore, StoreLog, ConvergingPort } from '../engine/store-log.js';
import type { LogOptions } from '../api/log.js';
import { LogCarrier } from './log-carrier.js';
import type { LogSlot } from './log-slot.js';
import { PortLog } from './port-log.js';
import { EncodeError } from '../engine/codec/encode-error.js';
import type { EngineCrossing } from '../engine/crossing.js';
import type { EngineBridge, InboundDecision } from '../engine/engine-bridge.js';
import { AppContracts } from './app-contracts.js';
import { describe, describeRefusal, isTooLargeFor } from './drop-texts.js';
import { isHeard, type Heard } from './heard.js';
import { fieldOf, isOn, TaskBudget, type Hub, type HubPort } from './hub.js';
import { Inbox } from './inbox.js';
import type { LegacyChannel } from './legacy-channel.js';
import { LegacyPort } from './legacy-port.js';
import { isBridged, wantsToCross } from './mark.js';
import { Parking } from './parking.js';

/** How a store crosses. */
export interface PortOptions {
  readonly store: string;
  readonly channel: string;
  readonly hub: Hub | undefined;
  readonly legacy: { readonly channel: LegacyChannel; readonly hub: Hub } | undefined;
  readonly enabled: boolean;
  readonly flag: (() => boolean) | undefined;
  readonly limits: Required<BridgeLimits>;
  readonly log: LogOptions | undefined;
}

/** Who is told of what becomes of messages, and of the log. */
export interface PortListeners {
  readonly drops: Listeners<[Drop]>;
  readonly gaps: Listeners<[Gap]>;
  readonly crossings: Listeners<[Crossing]>;
  readonly logSlot: LogSlot;
  /** Whether what came before there was a port is under way. */
  isLate(this: void): boolean;
}

/** The store that a port brings actions to. */
export interface CrossingTarget {
  /** Gives it a bridged action, middleware included. */
  dispatch(action: Action): void;
  /** Past JavaScript, if nothing there has to see an action now. */
  shortcut(): Shortcut | undefined;
}

/** How long a sender may be limited, in milliseconds, after it was last found to be. */
const LIMITED_FOR = 1000;

/**
 * One store on a hub. Asks the engine about every message that comes in and every action that wants to
 * leave, and tells listeners what became of it.
 */
export class Port implements ConvergingPort, HubPort {
  readonly contracts: AppContracts;
  readonly parking: Parking;
  readonly nesting: Nesting;
  readonly #listeners: PortListeners;
  /** Of its envelopes. */
  readonly #id = randomId();
  readonly #bridge: EngineBridge;
  readonly #options: PortOptions;
  readonly #inbox: Inbox;
  readonly #legacy: LegacyPort | undefined;
  #enabled: boolean;
  #disposed = false;
  #limitedAt = -Infinity;
  #target!: CrossingTarget;
  #receiving: { applied: boolean } | undefined;
  /** Whether the last action that came to the reducers was a bridged one. */
  isReceiving = false;
  #log: PortLog | undefined;
  #logStore: LogStore | undefined;

  constructor(options: PortOptions, crossing: EngineCrossing, listeners: PortListeners) {
    this.#options = options;
    this.#listeners = listeners;
    this.nesting = options.hub?.nesting ?? { depth: 0, slots: [] };
    this.#enabled = options.enabled;
    const { store, limits, legacy } = options;
    this.#bridge = crossing.createBridge({
      ...{ sender: this.#id, store, limits },
      legacy: legacy?.channel,
    });
    this.contracts = new AppContracts(store, this.#bridge.contracts);
    this.#inbox = new Inbox({
      size: options.limits.queue,
      budget: options.hub?.budget ?? new TaskBudget(),
      take: (message) => this.#take((now) => this.#decide(message, now)),
      onOverflow: (messages) => this.#tell(this.#listeners.gaps, { reason: 'overflow', messages }),
    });
    this.#legacy = options.legacy && this.#openLegacy(options.legacy.hub);
    this.parking = new Parking({
      messages: this.#bridge.parking,
      inbox: this.#inbox,
      isEnabled: () => isOn(this),
      deliver: (decision) => {
        if (decision.verdict === 'accepted') this.#apply(decision.action);
        else this.#tellDrop('in', decision, decision.type);
      },
      onDiscard: (park) => this.#tell(this.#listeners.gaps, { reason: 'parked', ...park }),
    });
  }

  /** Takes its place on the hub: from now on messages come, and are brought to the target. */
  connect(target: CrossingTarget): void {
    this.#target = target;
    try {
      this.#options.hub?.attach(this);
      this.#legacy?.attach();
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  #openLegacy(hub: Hub): LegacyPort {
    const { limits } = this.#options;
    return new LegacyPort({
      ...{ hub, bridge: this.#bridge, limits },
      budget: this.#options.hub?.budget ?? hub.budget,
      isEnabled: () => isOn(this),
      take: (decide) => this.#take(decide),
      onOverflow: (messages) => this.#tell(this.#listeners.gaps, { reason: 'overflow', messages }),
      onRefusal: (why, type) => this.#tellDrop('out', why, type),
    });
  }

  get enabled(): boolean {
    return this.#enabled && (this.#options.flag?.() ?? true);
  }

  setEnabled(on: boolean): void {
    this.#enabled = on;
    this.#log?.carrier.setEnabled(on);
  }

  /** The last membership of an app has left. */
  removeApp(app: string): void {
    this.contracts.remove(app);
    if (!this.#disposed) this.parking.removeApp(app);
  }

  counters(): BridgeCounters {
    return this.#bridge.books.counters() as BridgeCounters;
  }

  holdings(): PortHoldings {
    return {
      log: this.#log?.inspect(),
      channels: this.#channels(),
      contracts: this.contracts.describe(),
      expected: this.parking.inspect(),
    };
  }

  #channels(): readonly string[] {
    if (this.#options.hub === undefined || this.#disposed) return [];
    const { channel, legacy } = this.#options;
    const ofLog = this.#log && this.#log.carrier.inspect().channel;
    return [channel, legacy?.channel.name, ofLog].filter((name) => name !== undefined);
  }

  dispose(): void {
    this.#disposed = true;
    this.#log?.dispose();
    this.#inbox.close();
    this.contracts.close();
    this.parking.close();
    this.#options.hub?.detach(this);
    this.#legacy?.detach();
    this.#bridge.destroy();
  }

  reserve(action: Action): CrossingSlot | undefined {
    const receiving = this.#receiving;
    this.isReceiving = isBridged(action);
    if (receiving !== undefined && this.isReceiving) {
      this.#receiving = undefined;
      return { direction: 'in', fulfil: () => void (receiving.applied = true) };
    }
    if (this.#disposed || !(wantsToCross(action) || this.#ordersType(action))) return undefined;
    return this.#options.hub?.reserve(this, action, this.#log !== undefined);
  }

  #ordersType({ type }: Action): boolean {
    return this.#logStore?.ordersType(type) ?? false;
  }

  openLog(store: LogStore): StoreLog | undefined {
    const { hub, limits, log = {} } = this.#options;
    const slot = this.#listeners.logSlot;
    if (slot.log !== undefined || hub === undefined) return slot.log;
    const engineLog = this.#bridge.openLog({
      ...logDefaults(log),
      now: () => slot.log?.carrier.now() ?? performance.now(),
      timeOfDay: () => slot.log?.carrier.timeOfDay() ?? Date.now(),
      onRenewed: () => slot.log?.refresh(),
    });
    this.#logStore = store;
    const opened = new PortLog({
      ...{ store, limits, log: engineLog, catchesUp: this.#listeners.isLate() },
      carrier: (calls, onOutcome) =>
        new LogCarrier({
          ...{ id: this.#id, channel: this.#options.channel, open: hub.open, calls, onOutcome },
          ...(log.locks === false && { locks: false as const }),
          isHeld: () => slot.isHeld,
          unsettled: () => slot.unsettled,
        }),
      isEnabled: () => isOn(this),
      asBytes: () => hub.readsBytes,
      dispatch: (action) => this.#dispatchRebased(action),
      onRefusal: (why, type) => this.#tellDrop('out', why, type),
      onOwn: (type) => this.#legacy?.post(type),
      onGap: (gap) => this.#tell(this.#listeners.gaps, gap),
      onRebase: (rebase) => this.#tell(slot.rebases, rebase),
      onDiverged: (divergence) => this.#tell(slot.divergences, divergence),
      onOtherRelease: (other) => this.#tell(slot.otherReleases, other),
      onChange: () => slot.tellChange(),
    });
    this.#log = opened;
    slot.fill(opened, this.#enabled);
    return opened;
  }

  convergingKeys(): readonly string[] {
    return this.#log?.inspect().slices.map(({ key }) => key) ?? [];
  }

  recordLog(whole: boolean): Recording | undefined {
    return this.#disposed || this.#options.hub?.isBusy ? undefined : this.#log?.record(whole);
  }

  #dispatchRebased(action: Action): boolean {
    if (this.#target.shortcut() !== undefined) return false;
    this.#target.dispatch(action);
    return true;
  }

  settled(): void {
    this.#options.hub?.settled();
    this.#log?.refresh();
  }

  sealed(action: Action): void {
    this.#tell(this.#listeners.crossings, { direction: 'out', action });
  }

  /** One that the store took before this port was there; it might cross then, or not. Never throws. */
  leave(action: Action, mayCross: boolean): void {
    callAlone(() => {
      const message = this.#log === undefined ? this.seal(action, mayCross) : this.#record(action);
      if (message !== undefined) this.#options.hub!.deliver(this, action, message);
    });
  }

  #record(action: Action): unknown {
    const message = this.#logStore!.recordOwn(action);
    if (message !== undefined) this.sealed(action);
    return message;
  }

  /** After actions that were taken before there was a log. */
  showLog(): void {
    this.#log?.show();
  }

  seal(action: Action, mayCross = isOn(this)): unknown {
    try {
      const { limits, hub } = this.#options;
      const decision = this.#bridge.outbound(action, {
        enabled: mayCross,
        now: Date.now(),
        limits,
        asBytes: hub?.readsBytes ?? false,
      });
      if (decision.verdict === 'post') {
        this.#legacy?.post(action.type);
        this.#tell(this.#listeners.crossings, { direction: 'out', action });
        return decision.envelope;
      }
      if (decision.verdict === 'refused') this.#tellDrop('out', decision, action.type);
    } catch (error) {
      if (error instanceof EncodeError) this.#refuse(error, action.type);
      else reportLater(error);
    }
    return undefined;
  }

  unsent({ type }: Action): void {
    if (this.#disposed) return;
    this.#bridge.books.countUnsent(type);
    this.#tellDrop('out', { reason: 'off', message: 'the channel did not take it' }, type);
  }

  heard(): Heard | undefined {
    if (this.#disposed || this.#options.hub?.isBusy) return undefined;
    return this.#bridge.books.heard();
  }

  hold(): () => void {
    const releases = [this.#inbox.hold(), this.#legacy?.hold()];
    return () => releases.forEach((release) => release?.());
  }

  merge(key: string, heard: unknown, types: readonly string[] = []): boolean {
    if (this.#disposed || !isHeard(heard)) return false;
    this.#bridge.books.addHeard(key, types, heard);
    return true;
  }

  receive(message: unknown): void {
    this.#inbox.receive(message);
  }

  receiveLegacy(message: unknown): void {
    this.#legacy?.receive(message);
  }

  /** So many messages found no room before this port was there. */
  lost(messages: number): void {
    this.#tell(this.#listeners.gaps, { reason: 'overflow', messages });
  }

  /** From a store of this page: at once, unless all has to wait. */
  take(message: unknown): void {
    if (this.#inbox.isHeld) this.#inbox.receive(message);
    else this.#take((now) => this.#decide(message, now));
  }

  /** Whether the message was applied that `decide` looks at. */
  #take(decide: (now: number) => InboundDecision | undefined): boolean {
    try {
      const decision = decide(Date.now());
      const isApplied = decision !== undefined && this.#follow(decision);
      this.#log?.refresh();
      return isApplied;
    } catch (error) {
      if (!(error instanceof EncodeError)) {
        reportLater(error);
        return false;
      }
      this.#bridge.books.countDrop(error.kind);
      this.#tellDrop('in', { reason: error.kind, message: error.message }, '');
      return false;
    }
  }

  #decide(message: unknown, now: number): InboundDecision | undefined {
    if (this.#isLimited(message, now)) return undefined;
    const { limits } = this.#options;
    const decision = this.#bridge.inbound(message, {
      enabled: isOn(this),
      now,
      limits,
      shortcut: this.#listeners.crossings.size === 0 ? this.#target.shortcut() : undefined,
    });
    if (decision.verdict === 'limited') this.#limitedAt = now;
    return decision;
  }

  #follow(decision: InboundDecision): boolean {
    if (decision.verdict === 'dropped') this.#tellDrop('in', decision, decision.type);
    if (!('gap' in decision)) return false;
    if (decision.gap) this.#tell(this.#listeners.gaps, { reason: 'sequence', ...decision.gap });
    if (decision.verdict === 'accepted') return this.#apply(decision.action);
    if (decision.verdict === 'parked') {
      this.parking.sweep();
      return true;
    }
    this.isReceiving = true;
    const failure = failureOf(decision.settle);
    if (failure !== undefined) reportLater(failure.error);
    return true;
  }

  /** Spares a flood's messages the encoding. */
  #isLimited(message: unknown, now: number): boolean {
    if (Math.abs(now - this.#limitedAt) > LIMITED_FOR) return false;
    const sender = senderOf(message);
    if (sender === undefined || !this.#bridge.isLimited(sender, now)) return false;
    this.#limitedAt = now;
    return true;
  }

  #refuse(error: EncodeError, type: string): void {
    this.#bridge.books.countRefusal(error.kind, type);
    this.#tellDrop('out', { reason: error.kind, message: describe(error) }, type);
  }

  /** A listener that throws after the reducers took the action does not make it refused. */
  #apply(action: Action): boolean {
    const receiving = { applied: false };
    this.#receiving = receiving;
    const failure = failureOf(() => this.#target.dispatch(action));
    this.#receiving = undefined;
    const refused = failure !== undefined && !receiving.applied;
    const isTooLarge = refused && isTooLargeFor(failure.error);
    this.#bridge.settle(!refused, isTooLarge);
    if (refused) {
      const reason = isTooLarge ? 'too-large' : 'reducer';
      this.#tellDrop('in', { reason, message: describeRefusal(failure.error) }, action.type);
      return false;
    }
    if (failure !== undefined) reportLater(failure.error);
    this.#tell(this.#listeners.crossings, { direction: 'in', action });
    return true;
  }

  #tellDrop(direction: Drop['direction'], why: { reason: string; message: string }, type: string) {
    const reason = why.reason as DropReason;
    const drop = { direction, reason, message: why.message, ...(type !== '' && { type }) };
    this.#tell(this.#listeners.drops, drop);
  }

  /** All listeners hear the same object, so none of them may write to it. */
  #tell<T>(listeners: Listeners<[T]>, news: NoInfer<T>): void {
    const errors: unknown[] = [];
    listeners.call(errors, Object.freeze(news) as T);
    errors.forEach(reportLater);
  }
}

function failureOf(call: () => void): { error: unknown } | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    return { error };
  }
}

function logDefaults({
  keep = 128,
  entries = 1024,
  bytes = 1_048_576,
  settleAfter = 100,
  settles = 'auto',
}: LogOptions): Omit<EngineLogOptions, 'now' | 'timeOfDay' | 'onRenewed'> {
  return { keep, entries, bytes, settleAfter, settles: settles === 'auto' };
}

/** Bytes of a sender's id, as in src/log/envelope.h. */
const LONGEST_SENDER = 64;

/** Whose message it is, as far as it can be told without running code of the message. */
function senderOf(message: unknown): string | undefined {
  const sender = fieldOf(message, 'sender');
  return typeof sender === 'string' && sender.length <= LONGEST_SENDER ? sender : undefined;
}
