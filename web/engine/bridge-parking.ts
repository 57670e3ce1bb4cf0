import type { EngineAction } from './action.js';
import type { Funnel } from './funnel.js';
import { PARKED } from './verdicts.js';

/** What is left of a message that waited: an action to dispatch and settle, a drop, or nothing. */
export type ParkedDecision =
  | { verdict: 'accepted'; action: EngineAction }
  | { verdict: 'dropped'; reason: string; type: string; message: string }
  | { verdict: 'none' };

/** Messages that waited for a slice and were thrown away together. */
export interface DiscardedPark {
  readonly slice: string;
  readonly messages: number;
  readonly cause: (typeof CAUSES)[number];
}

/** In the order of `DiscardedPark::Cause` in src/bridge/parked_messages.h. */
const CAUSES = ['overflow', 'expired', 'left'] as const;

/** The messages that one bridge holds for slices that are yet to come. */
export class BridgeParking {
  readonly #funnel: Funnel;
  readonly #bridge: number;
  readonly #onHandedOver: () => void;

  /** `onHandedOver` is told of each action that is now JavaScript's to settle. */
  constructor(funnel: Funnel, bridge: number, onHandedOver: () => void) {
    this.#funnel = funnel;
    this.#bridge = bridge;
    this.#onHandedOver = onHandedOver;
  }

  /** Without types, those that begin with `key/`. */
  expect(key: string, owner: string, types: readonly string[]): void {
    const length = this.#encode(key, owner, ...types);
    this.#funnel.call((engine) => engine.isthmus_expectSlice(this.#bridge, length));
  }

  unexpect(owner: string): void {
    const length = this.#encode(owner);
    this.#funnel.call((engine) => engine.isthmus_unexpectSlices(this.#bridge, length));
  }

  /** The slice is there; whether there are messages for `next` to take. */
  release(key: string, now: number): boolean {
    const length = this.#encode(key);
    return (
      this.#funnel.call((engine) => engine.isthmus_releaseParked(this.#bridge, length, now)) === 1
    );
  }

  next(key: string, enabled: boolean, now: number): ParkedDecision {
    const length = this.#encode(key);
    const verdict = this.#funnel.ask((engine) =>
      engine.isthmus_nextParked(this.#bridge, length, Number(enabled), now),
    );
    const decision = this.#readNext(verdict);
    this.#funnel.close();
    if (decision.verdict === 'accepted') this.#onHandedOver();
    return decision;
  }

  #readNext(verdict: number): ParkedDecision {
    if (verdict === PARKED.none) return { verdict: 'none' };
    const answer = this.#funnel.answer();
    if (verdict === PARKED.accepted)
      return { verdict: 'accepted', action: answer.value() as EngineAction };
    const reason = this.#funnel.dropReasons[answer.varint()]!;
    return { verdict: 'dropped', reason, type: answer.text(), message: answer.text() };
  }

  /** Drops the next one, where `next` has failed: it may be why. */
  drop(key: string): void {
    const length = this.#encode(key);
    this.#funnel.call((engine) => engine.isthmus_dropParked(this.#bridge, length));
  }

  /**
   * Discards what has waited too long. Returns all that was discarded since the last call, and in how
   * many milliseconds to call again if anything waits.
   */
  sweep(now: number): { discarded: DiscardedPark[]; next: number | undefined } {
    const waits = this.#funnel.ask((engine) => engine.isthmus_sweepParked(this.#bridge, now));
    const answer = this.#funnel.answer();
    const discarded = Array.from({ length: answer.varint() }, () => ({
      slice: answer.text(),
      messages: answer.varint(),
      cause: CAUSES[answer.varint()]!,
    }));
    const next = waits === 1 ? answer.float64() : undefined;
    this.#funnel.close();
    return { discarded, next };
  }

  describe(): unknown {
    return this.#funnel.plain((engine) => engine.isthmus_describeParked(this.#bridge));
  }

  #encode(...texts: readonly string[]): number {
    return this.#funnel.encode((encoder) => texts.forEach((text) => encoder.text(text)));
  }
}
