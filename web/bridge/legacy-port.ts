import type { BridgeLimits } from '../api/bridge.js';
import type { EngineBridge, InboundDecision } from '../engine/engine-bridge.js';
import type { Hub, HubPort, TaskBudget } from './hub.js';
import { Inbox } from './inbox.js';

/** How a store takes part in a legacy channel. */
export interface LegacyPortOptions {
  readonly hub: Hub;
  readonly bridge: EngineBridge;
  readonly limits: Required<BridgeLimits>;
  /** The main channel's: both together may keep a task no longer. */
  readonly budget: TaskBudget;
  isEnabled(): boolean;
  /** Does what `decide` says of a message; returns whether it was applied. Never throws. */
  take(decide: (now: number) => InboundDecision | undefined): boolean;
  onOverflow(messages: number): void;
  onRefusal(why: { reason: string; message: string }, type: string): void;
}

/** How long the channel may be limited, in milliseconds, after it was last found to be. */
const LIMITED_FOR = 1000;

/** A store's place on a channel of plain actions. */
export class LegacyPort implements HubPort {
  readonly #options: LegacyPortOptions;
  readonly #inbox: Inbox;
  #limitedAt = -Infinity;

  constructor(options: LegacyPortOptions) {
    this.#options = options;
    this.#inbox = new Inbox({
      size: options.limits.queue,
      budget: options.budget,
      take: (message) => this.take(message),
      onOverflow: (messages) => options.onOverflow(messages),
    });
  }

  attach(): void {
    this.#options.hub.attach(this);
  }

  detach(): void {
    this.#inbox.close();
    this.#options.hub.detach(this);
  }

  /** Posts the plain action of the one that the engine has just let leave on the main channel. */
  post(type: string): void {
    const { bridge, hub, onRefusal } = this.#options;
    const decision = bridge.takePlain();
    if (decision.verdict === 'post') hub.post(decision.envelope);
    if (decision.verdict === 'refused') onRefusal(decision, type);
  }

  /** Nothing is reserved here: what leaves goes with its envelope. */
  /** What leaves here is made of what the store's port has sealed. */
  sealed(): void {
    // Nothing is ever given to it.
  }

  seal(): undefined {
    return undefined;
  }

  /** The main channel counts what was sent. */
  unsent(): void {}

  /** As {@link Inbox.hold}. */
  hold(): () => void {
    return this.#inbox.hold();
  }

  receive(message: unknown): void {
    this.#inbox.receive(message);
  }

  take(message: unknown): boolean {
    return this.#options.take((now) => this.#decide(message, now));
  }

  #decide(message: unknown, now: number): InboundDecision | undefined {
    if (this.#isLimited(now)) return undefined;
    const { bridge, isEnabled, limits } = this.#options;
    const decision = bridge.inboundLegacy(message, { enabled: isEnabled(), now, limits });
    if (decision.verdict === 'limited') this.#limitedAt = now;
    return decision;
  }

  /** Spares a flood's messages the encoding. */
  #isLimited(now: number): boolean {
    if (Math.abs(now - this.#limitedAt) > LIMITED_FOR) return false;
    if (!this.#options.bridge.isLegacyLimited(now)) return false;
    this.#limitedAt = now;
    return true;
  }
}
