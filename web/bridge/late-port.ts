import type { Action } from 'redux';

import type { BridgeCounters, Crossing, Drop, Gap } from '../api/bridge.js';
import type { Contracts } from '../api/contract.js';
import type { CrossingSlot, Nesting, PortHoldings } from '../api/crossing-port.js';
import { Listeners, reportLater } from '../base/listeners.js';
import type { Recording } from '../engine/log-answers.js';
import type { ComingLog, ConvergingPort, LogStore, StoreLog } from '../engine/store-log.js';
import type { AppContracts } from './app-contracts.js';
import { arrival, type CrossingCode } from './arrival.js';
import type { Heard, HeardPort } from './heard.js';
import { isOn, type HubPort } from './hub.js';
import type { LogPort } from './kept-log.js';
import { LateContracts } from './late-contracts.js';
import { LogSlot } from './log-slot.js';
import { wantsToCross } from './mark.js';
import { NOTHING_COUNTED } from './nothing-counted.js';
import type { CrossingTarget, Port, PortOptions } from './port.js';

/**
 * A store's port as all of the page see it. What there is to do it leaves to a {@link Port}, whose code is loaded
 * when the store first has a contract, a marked action or a message: until then it keeps these, in their order.
 */
export class LatePort implements ConvergingPort, HubPort, HeardPort, LogPort {
  readonly drops = new Listeners<[Drop]>();
  readonly gaps = new Listeners<[Gap]>();
  readonly crossings = new Listeners<[Crossing]>();
  readonly logSlot = new LogSlot();
  readonly nesting: Nesting;
  readonly #options: PortOptions;
  readonly #late: LateContracts;
  readonly #expected = new Map<string, Set<string>>();
  #enabled: boolean;
  #port: Port | undefined;
  #target!: CrossingTarget;
  #logStore: LogStore | undefined;
  #isDisposed = false;
  /** Whether there is anything for a port to do. */
  #isAsked = false;
  /** Messages that wait, and those that found no room. */
  #waiting = 0;
  #lost = 0;
  #stopWaiting: (() => void) | undefined;
  /** The types of actions that wait to leave. */
  readonly #leaving: string[] = [];

  constructor(options: PortOptions) {
    this.#options = options;
    this.nesting = options.hub?.nesting ?? { depth: 0, slots: [] };
    this.#enabled = options.enabled;
    this.#late = new LateContracts(options.store, (call) =>
      this.#later((port) => call(port.contracts)),
    );
  }

  /** Takes its place on the hub: from now on messages come, and are brought to the target. */
  connect(target: CrossingTarget): void {
    this.#target = target;
    const { hub, legacy } = this.#options;
    if (!arrival().isThere) {
      try {
        hub?.attach(this);
        legacy?.hub.attach(this.#legacyEar);
      } catch (error) {
        this.#leaveHubs();
        throw error;
      }
      if (legacy !== undefined) this.#request();
    }
    this.#stopWaiting = arrival().whenThere((code) => this.#open(code));
  }

  #open({ crossing, Port }: CrossingCode): void {
    const { drops, gaps, crossings, logSlot } = this;
    const options = { ...this.#options, enabled: this.#enabled };
    const port = new Port(options, crossing, {
      ...{ drops, gaps, crossings, logSlot },
      isLate: () => !arrival().isOver,
    });
    if (!this.#isDisposed) port.connect(this.#target);
    this.#port = port;
    globalThis.removeEventListener?.('pagehide', this.#endPage);
    this.#leaveHubs();
    if (this.#lost > 0) port.lost(this.#lost);
  }

  /** The port is on them by now, so that the channels stay open. */
  #leaveHubs(): void {
    const { hub, legacy } = this.#options;
    hub?.detach(this);
    legacy?.hub.detach(this.#legacyEar);
  }

  /** The port, where it is to be called at once. */
  get #now(): Port | undefined {
    return arrival().isOver ? this.#port : undefined;
  }

  /** Calls the port at once, or in its turn. */
  #later(call: (port: Port) => void): () => void {
    const now = this.#now;
    if (now !== undefined) {
      call(now);
      return () => undefined;
    }
    this.#request();
    return arrival().later(() => {
      if (this.#port !== undefined) call(this.#port);
    });
  }

  #request(): void {
    this.#isAsked = true;
    arrival().need();
  }

  get enabled(): boolean {
    return this.#port?.enabled ?? (this.#enabled && (this.#options.flag?.() ?? true));
  }

  setEnabled(on: boolean): void {
    this.#enabled = on;
    this.#port?.setEnabled(on);
  }

  get isReceiving(): boolean {
    return this.#port?.isReceiving ?? false;
  }

  get contracts(): Pick<AppContracts, 'with' | 'add' | 'describe'> {
    return this.#now?.contracts ?? this.#late;
  }

  /** Messages for a slice that an app will bring wait for it. */
  expect(app: string, key: string, types: Contracts): void {
    const now = this.#now;
    if (now !== undefined) return now.parking.expect(app, key, types);
    this.#expected.set(key, (this.#expected.get(key) ?? new Set<string>()).add(app));
    this.#later((port) => port.parking.expect(app, key, types));
  }

  /** A slice has come. */
  injected(key: string): void {
    const now = this.#now;
    if (now !== undefined) return now.parking.injected(key);
    if (this.#expected.delete(key)) this.#later((port) => port.parking.injected(key));
  }

  /** The last membership of an app has left. */
  removeApp(app: string): void {
    const now = this.#now;
    if (now !== undefined) return now.removeApp(app);
    this.#late.remove(app);
    for (const owners of this.#expected.values()) owners.delete(app);
    if (this.#isAsked) this.#later((port) => port.removeApp(app));
  }

  counters(): BridgeCounters {
    return this.#port?.counters() ?? NOTHING_COUNTED;
  }

  holdings(): PortHoldings {
    const now = this.#now;
    if (now !== undefined) return now.holdings();
    const { hub, channel, legacy } = this.#options;
    const channels = hub === undefined || this.#isDisposed ? [] : [channel, legacy?.channel.name];
    const expected = [...this.#expected]
      .filter(([, owners]) => owners.size > 0)
      .map(([key, owners]) => ({ key, owners: [...owners], messages: 0, bytes: 0 }));
    return {
      channels: channels.filter((name) => name !== undefined),
      contracts: this.#late.describe(),
      expected,
    };
  }

  /** What its store's reducers took still leaves. */
  dispose(): void {
    if (this.#now !== undefined) return this.#now.dispose();
    this.#isDisposed = true;
    this.#leaveHubs();
    if (this.#isAsked) this.#later((port) => port.dispose());
    else this.#stopWaiting?.();
  }

  reserve(action: Action): CrossingSlot | undefined {
    const isPlain = (action as { meta?: unknown } | undefined)?.meta === undefined;
    if (isPlain && this.#logStore === undefined) {
      if (this.#port !== undefined) this.#port.isReceiving = false;
      return undefined;
    }
    if (this.#port !== undefined) return this.#port.reserve(action);
    const isMarked = wantsToCross(action) || this.#logStore?.ordersType(action.type) === true;
    if (!isMarked || this.#isDisposed) return undefined;
    return this.#options.hub?.reserve(this, action);
  }

  settled(): void {
    if (this.#port !== undefined) this.#port.settled();
    else this.#options.hub?.settled();
  }

  openLog(store: LogStore): StoreLog | ComingLog | undefined {
    if (this.#options.hub === undefined) return undefined;
    this.#logStore = store;
    const now = this.#now;
    if (now !== undefined) return now.openLog(store);
    this.logSlot.isComing = true;
    arrival().atEnd(() => this.#port?.showLog());
    return {
      isComing: true,
      then: (call) => void this.#later((port) => call(port.openLog(store)!)),
    };
  }

  // ── on the hub, while there is no port ──

  /** The action has been taken and leaves in its turn. */
  seal(action: Action): undefined {
    const mayCross = isOn(this);
    if (this.#leaving.length === 0) globalThis.addEventListener?.('pagehide', this.#endPage);
    this.#leaving.push(action.type);
    this.#later((port) => port.leave(action, mayCross));
  }

  /** The page goes for good, and what waits with it, since nobody has checked whether it may leave. */
  readonly #endPage = ({ persisted }: Partial<PageTransitionEvent>): void => {
    if (persisted === true) return;
    for (const type of this.#leaving.splice(0)) {
      const message = 'the page ended before it had loaded what crosses';
      const errors: unknown[] = [];
      this.drops.call(errors, Object.freeze({ direction: 'out', reason: 'off', type, message }));
      errors.forEach(reportLater);
    }
  };

  sealed(): void {
    // Nothing is given to it.
  }

  unsent(): void {
    // Nothing is sealed by it.
  }

  take(message: unknown): void {
    this.receive(message);
  }

  receive(message: unknown): void {
    this.#wait((port) => port.receive(message));
  }

  readonly #legacyEar: HubPort = {
    seal: () => undefined,
    sealed: () => undefined,
    unsent: () => undefined,
    take: () => undefined,
    receive: (message) => this.#wait((port) => port.receiveLegacy(message)),
  };

  #wait(call: (port: Port) => void): void {
    if (this.#waiting === this.#options.limits.queue) this.#lost += 1;
    else {
      this.#waiting += 1;
      this.#later(call);
    }
  }

  // ── for storage ──

  heard(): Heard | undefined {
    return this.#port === undefined ? {} : this.#port.heard();
  }

  hold(): () => void {
    const now = this.#now;
    if (now !== undefined) return now.hold();
    let release: (() => void) | undefined;
    let isHeld = true;
    arrival().later(() => {
      if (isHeld) release = this.#port?.hold();
    });
    return () => {
      isHeld = false;
      release?.();
    };
  }

  merge(key: string, heard: unknown, types: readonly string[] = []): boolean {
    const now = this.#now;
    if (now !== undefined) return now.merge(key, heard, types);
    arrival().later(() => void this.#port?.merge(key, heard, types));
    return true;
  }

  holdLog(): () => void {
    return this.logSlot.hold();
  }

  convergingKeys(): readonly string[] {
    return this.#port?.convergingKeys() ?? this.#logStore?.comingKeys() ?? [];
  }

  beginLog(record: unknown): boolean {
    return !this.#isDisposed && this.logSlot.begin(record);
  }

  recordLog(whole: boolean): Recording | undefined {
    return this.#port?.recordLog(whole);
  }

  onLogChange(listener: () => void): () => void {
    return this.logSlot.changes.add(listener);
  }

  secretTypes(): ReadonlySet<string> {
    const secret = this.contracts
      .describe()
      .filter(({ contract }) => contract.credentials === 'allow');
    return new Set(secret.map(({ type }) => type));
  }
}
