import type { Contracts } from '../api/contract.js';
import type { ExpectedSliceInspection } from '../api/inspection.js';
import { reportLater } from '../base/listeners.js';
import type { BridgeParking, DiscardedPark, ParkedDecision } from '../engine/bridge-parking.js';
import type { Inbox } from './inbox.js';

/** What parked messages need of the port they belong to. */
export interface ParkingOptions {
  readonly messages: BridgeParking;
  readonly inbox: Inbox;
  isEnabled(): boolean;
  /** Gives a message that waited to the store, or tells of its drop. Never throws. */
  deliver(decision: Exclude<ParkedDecision, { verdict: 'none' }>): void;
  /** Never throws. */
  onDiscard(park: DiscardedPark): void;
}

/**
 * The slices that apps of one store expect, and when the messages that wait for them are applied or
 * expire. The engine holds the messages and decides which those are.
 */
export class Parking {
  readonly #options: ParkingOptions;
  readonly #known = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(options: ParkingOptions) {
    this.#options = options;
  }

  /** Unless the slice was injected before: from then on its absence is as it is without `expect`. */
  expect(app: string, key: string, contracts: Contracts): void {
    if (this.#isClosed || this.#known.has(key)) return;
    this.#options.messages.expect(key, app, Object.keys(contracts));
  }

  removeApp(app: string): void {
    this.#options.messages.unexpect(app);
    this.sweep();
  }

  /** What waited for the slice comes before all that waits in the inbox or is yet to come. */
  injected(key: string): void {
    if (this.#isClosed) return;
    this.#known.add(key);
    const { messages, inbox } = this.#options;
    if (messages.release(key, Date.now())) inbox.precede(() => this.#deliverNext(key));
    this.sweep();
  }

  /** Tells of what was discarded, and sees to it that what waits will be. */
  sweep(): void {
    if (this.#isClosed) return;
    const { discarded, next } = this.#options.messages.sweep(Date.now());
    if (next === undefined) this.#stop();
    else this.#timer ??= setTimeout(() => (this.#stop(), this.sweep()), Math.ceil(next));
    for (const park of discarded) this.#options.onDiscard(park);
  }

  inspect(): readonly ExpectedSliceInspection[] {
    if (this.#isClosed) return [];
    return this.#options.messages.describe() as ExpectedSliceInspection[];
  }

  /** Forgets what waits. */
  close(): void {
    this.#isClosed = true;
    this.#stop();
  }

  /** Whether there was one. */
  #deliverNext(key: string): boolean {
    if (this.#isClosed) return false;
    try {
      const decision = this.#next(key);
      if (decision.verdict === 'none') this.sweep();
      else this.#options.deliver(decision);
      return decision.verdict !== 'none';
    } catch (error) {
      reportLater(error);
      return false;
    }
  }

  /** A message on which the engine fails would come again and again. */
  #next(key: string): ParkedDecision {
    const { messages, isEnabled } = this.#options;
    try {
      return messages.next(key, isEnabled(), Date.now());
    } catch (error) {
      reportLater(error);
      messages.drop(key);
      return {
        verdict: 'dropped',
        reason: 'reducer',
        type: '',
        message: 'the engine failed on it',
      };
    }
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
