import type { EngineAction } from './engine.js';
import type { Funnel } from './funnel.js';

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

/** The part of the engine's bridges that holds messages for slices that are yet to come. */
export class ParkingCalls {
  readonly #funnel: Funnel;

  constructor(funnel: Funnel) {
    this.#funnel = funnel;
  }

  /** Without types, those that begin with `key/`. */
  expect(bridge: number, key: string, owner: string, types: readonly string[]): void {
    const length = this.#encode(key, owner, ...types);
    this.#funnel.call(() => this.#funnel.module._isthmus_expectSlice(bridge, length));
  }

  unexpect(bridge: number, owner: string): void {
    const length = this.#encode(owner);
    this.#funnel.call(() => this.#funnel.module._isthmus_unexpectSlices(bridge, length));
  }

  /** The slice is there; whether there are messages for `next` to take. */
  release(bridge: number, key: string, now: number): boolean {
    const length = this.#encode(key);
    const { module } = this.#funnel;
    return this.#funnel.call(() => module._isthmus_releaseParked(bridge, length, now)) === 1;
  }

  next(bridge: number, key: string, enabled: boolean, now: number): ParkedDecision {
    const length = this.#encode(key);
    const verdict = this.#funnel.call(() =>
      this.#funnel.module._isthmus_nextParked(bridge, length, Number(enabled), now),
    );
    if (verdict === 2) return { verdict: 'none' };
    const answer = this.#funnel.answer();
    if (verdict === 1) return { verdict: 'accepted', action: answer.value() as EngineAction };
    const reason = this.#funnel.dropReasons[answer.varint()]!;
    return { verdict: 'dropped', reason, type: answer.text(), message: answer.text() };
  }

  /** Drops the next one, where `next` has failed: it may be why. */
  drop(bridge: number, key: string): void {
    const length = this.#encode(key);
    this.#funnel.call(() => this.#funnel.module._isthmus_dropParked(bridge, length));
  }

  /**
   * Discards what has waited too long. Returns all that was discarded since the last call, and in how
   * many milliseconds to call again if anything waits.
   */
  sweep(bridge: number, now: number): { discarded: DiscardedPark[]; next: number | undefined } {
    const waits = this.#funnel.call(() => this.#funnel.module._isthmus_sweepParked(bridge, now));
    const answer = this.#funnel.answer();
    const discarded = Array.from({ length: answer.varint() }, () => ({
      slice: answer.text(),
      messages: answer.varint(),
      cause: CAUSES[answer.varint()]!,
    }));
    return { discarded, next: waits === 1 ? answer.float64() : undefined };
  }

  describe(bridge: number): unknown {
    this.#funnel.call(() => this.#funnel.module._isthmus_describeParked(bridge));
    return this.#funnel.answer().value();
  }

  #encode(...texts: readonly string[]): number {
    return this.#funnel.encode((encoder) => texts.forEach((text) => encoder.text(text)));
  }
}
