import type { OpenTransport, Transport } from 'isthmus';

import {
  randomDelivery,
  type Delivery,
  type DeliveryPolicy,
  type RandomDelivery,
  type Sent,
} from './delivery.js';
import { DeliveryQueue } from './delivery-queue.js';
import { structuredCopy } from './structured-copy.js';

interface Receiver {
  readonly tab: string;
  readonly channel: string;
  listener: (message: unknown) => void;
}

/** How a {@link TestHub} delivers: once and in order, unless one of these says otherwise. */
export interface TestHubOptions {
  /** Decides about each message and receiver; what it leaves open is decided by `random`. */
  readonly deliver?: DeliveryPolicy;
  readonly random?: RandomDelivery;
}

/** Channels that deliver only when the test says so. */
export interface TestHub {
  /** One simulated tab: stores created with this transport share a realm's hub, others are elsewhere. */
  connect(tab?: string): OpenTransport;
  /** How many deliveries wait. */
  readonly pending: number;
  /** The deliveries that wait, the next one first. */
  readonly waiting: readonly Delivery[];
  /** Every message that was posted, as it was on the wire. */
  readonly messages: readonly unknown[];
  /** Hub time in milliseconds: only deliveries and `advance` move it, and no clock. */
  readonly now: number;
  /** Of `random`: `createTestHub({ random: { seed } })` repeats what happened. */
  readonly seed: number | undefined;
  /** Delivers the next one, or the first of those that `which` picks; false when there is none. */
  step(which?: (delivery: Delivery) => boolean): boolean;
  /** Lets hub time pass and delivers what is due by then; returns how many deliveries that were. */
  advance(milliseconds: number): number;
  /**
   * Delivers until nothing waits, delayed ones too, and returns how many deliveries that were. Afterwards all of
   * them were applied, however long that takes: what the page would do in later tasks is done too, as it is by
   * `step` and `advance`.
   */
  flush(): number;
}

/**
 * An in-memory stand-in for BroadcastChannel whose deliveries a test takes step by step, and may delay,
 * lose, repeat and reorder. Messages are structured clones, as in the browser.
 *
 * @example
 * ```ts
 * import { createIsolatedStore, crossApp, defineSlice, loadEngine } from 'isthmus';
 * import { set, payload } from 'isthmus/program';
 * import { createTestHub } from 'isthmus/testing';
 *
 * await loadEngine();
 * const theme = defineSlice({
 *   name: 'theme',
 *   initialState: 'light',
 *   reducers: { change: [set('', payload())] },
 *   contract: { 'theme/change': { payload: { type: 'string' } } },
 * });
 * const hub = createTestHub({ random: { duplication: 0.5, reordering: 0.2, seed: 7 } });
 * const a = createIsolatedStore({ name: 'app', slices: [theme], bridge: { transport: hub.connect() } });
 * const b = createIsolatedStore({ name: 'app', slices: [theme], bridge: { transport: hub.connect() } });
 * a.dispatch(crossApp(theme.actions.change('dark')));
 * hub.flush();
 * b.read(['theme']); // 'dark'
 * ```
 */
export function createTestHub({ deliver, random }: TestHubOptions = {}): TestHub {
  const receivers = new Set<Receiver>();
  const queue = new DeliveryQueue();
  const messages: unknown[] = [];
  const tasks: (() => void)[] = [];
  const seed = random && (random.seed ?? drawSeed());
  const atRandom = random && randomDelivery(seed!, random);
  let tabs = 0;

  const send = (sent: Sent, receiver: Receiver) => {
    for (const arrival of deliver?.(sent) ?? atRandom?.(sent) ?? [{}]) {
      const message = structuredCopy(sent.message);
      queue.add(sent, arrival, () => receivers.has(receiver) && receiver.listener(message));
    }
  };
  const open = (tab: string, channel: string): Transport => {
    const self: Receiver = { tab, channel, listener: () => undefined };
    receivers.add(self);
    return {
      later: (task) => void tasks.push(task),
      post: (posted) => {
        const message = structuredCopy(posted);
        const number = messages.push(message) - 1;
        for (const receiver of receivers) {
          if (receiver === self || receiver.channel !== channel) continue;
          send({ message, number, from: tab, to: receiver.tab, channel }, receiver);
        }
      },
      onMessage: (listener) => void (self.listener = listener),
      close: () => void receivers.delete(self),
    };
  };
  const runTasks = () => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) task();
  };
  const step = (which?: (delivery: Delivery) => boolean) => {
    const isDelivered = queue.step(which);
    runTasks();
    return isDelivered;
  };
  return {
    connect: (tab = `tab-${++tabs}`) => {
      return (channel) => open(tab, channel);
    },
    get pending() {
      return queue.length;
    },
    get waiting() {
      return queue.waiting;
    },
    messages,
    get now() {
      return queue.now;
    },
    seed,
    step,
    advance: (milliseconds) => {
      const count = queue.advance(milliseconds);
      runTasks();
      return count;
    },
    flush: () => {
      runTasks();
      let count = 0;
      while (step()) count += 1;
      return count;
    },
  };
}

function drawSeed(): number {
  const seed = Math.floor(Math.random() * 2 ** 32);
  console.info(
    `isthmus/testing: a test hub drew the seed ${seed}; createTestHub({ random: { seed: ${seed} } }) repeats it.`,
  );
  return seed;
}
