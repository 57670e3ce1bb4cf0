import type { OpenTransport, Transport } from 'isthmus';

interface Delivery {
  readonly receiver: Receiver;
  readonly message: unknown;
}

interface Receiver {
  readonly channel: string;
  listener: (message: unknown) => void;
}

/** Channels that deliver only when the test says so. */
export interface TestHub {
  /** One simulated tab: stores created with this transport share a realm's hub, others are elsewhere. */
  connect(): OpenTransport;
  /** Deliveries that wait. */
  readonly pending: number;
  /** Every message that was posted, as it was on the wire. */
  readonly messages: readonly unknown[];
  /** Delivers the oldest message to one receiver; false when nothing waits. */
  step(): boolean;
  /** Delivers until nothing waits and returns how many deliveries that were. */
  flush(): number;
}

/**
 * An in-memory stand-in for BroadcastChannel whose deliveries a test takes step by step. Messages are
 * structured clones, as in the browser.
 *
 * @example
 * ```ts
 * import { createIsolatedStore, crossApp, defineSlice, loadEngine, set, payload } from 'isthmus';
 * import { createTestHub } from 'isthmus/testing';
 *
 * await loadEngine();
 * const theme = defineSlice({
 *   name: 'theme',
 *   initialState: 'light',
 *   reducers: { change: [set('', payload())] },
 *   contract: { 'theme/change': { payload: { type: 'string' } } },
 * });
 * const hub = createTestHub();
 * const a = createIsolatedStore({ name: 'app', slices: [theme], bridge: { transport: hub.connect() } });
 * const b = createIsolatedStore({ name: 'app', slices: [theme], bridge: { transport: hub.connect() } });
 * a.dispatch(crossApp(theme.actions.change('dark')));
 * hub.flush();
 * b.read(['theme']); // 'dark'
 * ```
 */
export function createTestHub(): TestHub {
  const receivers = new Set<Receiver>();
  const deliveries: Delivery[] = [];
  const messages: unknown[] = [];

  const open = (channel: string): Transport => {
    const self: Receiver = { channel, listener: () => undefined };
    receivers.add(self);
    return {
      post: (message) => {
        messages.push(structuredClone(message));
        for (const receiver of receivers) {
          if (receiver === self || receiver.channel !== channel) continue;
          deliveries.push({ receiver, message: structuredClone(message) });
        }
      },
      onMessage: (listener) => void (self.listener = listener),
      close: () => void receivers.delete(self),
    };
  };
  const step = () => {
    const delivery = deliveries.shift();
    if (delivery === undefined) return false;
    if (receivers.has(delivery.receiver)) delivery.receiver.listener(delivery.message);
    return true;
  };
  const flush = () => {
    let count = 0;
    while (step()) count += 1;
    return count;
  };
  return {
    connect: () => (channel) => open(channel),
    get pending() {
      return deliveries.length;
    },
    messages,
    step,
    flush,
  };
}
