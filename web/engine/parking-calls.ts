import type { EngineAction } from './action.js';
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
  readonly #handedOver: (bridge: number) => void;

  constructor(funnel: Funnel, handedOver: (bridge: number) => void) {
    this.#funnel = funnel;
    this.#handedOver = handedOver;
  }

  /** Without types, those that begin with `key/`. */
  expect(bridge: number, key: string, owner: string, types: readonly string[]): void {
    const length = this.#encode(key, owner, ...types);
    this.#funnel.call((engine) => engine._isthmus_expectSlice(bridge, length));
  }

  unexpect(bridge: number, owner: string): void {
    const length = this.#encode(owner);
    this.#funnel.call((engine) => engine._isthmus_unexpectSlices(bridge, length));
  }

  /** The slice is there; whether there are messages for `next` to take. */
  release(bridge: number, key: string, now: number): boolean {
    const length = this.#encode(key);
    return this.#funnel.call((engine) => engine._isthmus_releaseParked(bridge, length, now)) === 1;
  }

  next(bridge: number, key: string, enabled: boolean, now: number): ParkedDecision {
    const length = this.#encode(key);
    const verdict = this.#funnel.ask((engine) =>
      engine._isthmus_nextParked(bridge, length, Number(enabled), now),
    );
    const decision = this.#readNext(verdict);
    this.#funnel.close();
    if (decision.verdict === 'accepted') this.#handedOver(bridge);
    return decision;
  }

  #readNext(verdict: number): ParkedDecision {
    if (verdict === 2) return { verdict: 'none' };
    const answer = this.#funnel.answer();
    if (verdict === 1) return { verdict: 'accepted', action: answer.value() as EngineAction };
    const reason = this.#funnel.dropReasons[answer.varint()]!;
    return { verdict: 'dropped', reason, type: answer.text(), message: answer.text() };
  }

  /** Drops the next one, where `next` has failed: it may be why. */
  drop(bridge: number, key: string): void {
    const length = this.#encode(key);
    this.#funnel.call((engine) => engine._isthmus_dropParked(bridge, length));
  }

  /**
   * Discards what has waited too long. Returns all that was discarded since the last call, and in how
   * many milliseconds to call again if anything waits.
   */
  sweep(bridge: number, now: number): { discarded: DiscardedPark[]; next: number | undefined } {
    const waits = this.#funnel.ask((engine) => engine._isthmus_sweepParked(bridge, now));
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

  describe(bridge: number): unknown {
    this.#funnel.ask((engine) => engine._isthmus_describeParked(bridge));
    const parks = this.#funnel.answer().value();
    this.#funnel.close();
    return parks;
  }

  #encode(...texts: readonly string[]): number {
    return this.#funnel.encode((encoder) => texts.forEach((text) => encoder.text(text)));
  }
}
