import { randomNumbers } from './random-numbers.js';

/** A message on its way to one receiver. */
export interface Sent {
  /** What was posted. */
  readonly message: unknown;
  /** Its place in the hub's `messages`; -1 for what logs tell each other, which stands in no list. */
  readonly number: number;
  /** The names of the tabs, as `connect` was told them: `tab-1`, `tab-2` and so on by default. */
  readonly from: string;
  /** The name of the connection that it goes to. */
  readonly to: string;
  /** The name of the channel. */
  readonly channel: string;
}

/** One that waits to be delivered. */
export interface Delivery extends Sent {
  /** When, in hub time. */
  readonly due: number;
}

/** How a message reaches a receiver. */
export interface Arrival {
  /** Milliseconds of hub time; none by default. */
  readonly delay?: number;
  /** How many earlier deliveries to the same receiver it gets ahead of, if so many wait. */
  readonly overtakes?: number;
}

/**
 * Decides how a message reaches one receiver: an arrival for each time that it does, so none when it is
 * lost. Undefined leaves it to the hub, which delivers once and in order, or at random where it was told to.
 *
 * @example
 * ```ts
 * import { createTestHub, type DeliveryPolicy } from 'isthmus/testing';
 *
 * const deliver: DeliveryPolicy = ({ number, to }) => {
 *   if (number === 0) return []; // lost
 *   if (number === 1) return [{}, { delay: 50 }]; // twice
 *   return to === 'slow' ? [{ delay: 200 }] : undefined;
 * };
 * export const hub = createTestHub({ deliver });
 * ```
 */
export type DeliveryPolicy = (sent: Sent) => readonly Arrival[] | undefined;

/** Disorder at random; chances are between 0 and 1, and 0 by default. */
export interface RandomDelivery {
  /** Repeats what happened; without one, one is drawn and printed. */
  readonly seed?: number;
  /** Chance that a message does not reach a receiver. */
  readonly loss?: number;
  /** Chance that it does so twice. */
  readonly duplication?: number;
  /** Chance that it overtakes some that wait. */
  readonly reordering?: number;
  /** Milliseconds of hub time that it takes at most; 0 by default. */
  readonly delay?: number;
}

const FARTHEST = 8;

/** A policy that draws, in a fixed order, from numbers that the seed repeats. */
export function randomDelivery(seed: number, options: RandomDelivery): DeliveryPolicy {
  const { loss = 0, duplication = 0, reordering = 0, delay = 0 } = options;
  const random = randomNumbers(seed);
  const arrive = (): Arrival => ({
    delay: Math.floor(random() * (delay + 1)),
    overtakes: random() < reordering ? 1 + Math.floor(random() * FARTHEST) : 0,
  });
  return () => {
    if (random() < loss) return [];
    return random() < duplication ? [arrive(), arrive()] : [arrive()];
  };
}
