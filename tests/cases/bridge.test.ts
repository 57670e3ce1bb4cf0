import { loadEngine, type BridgeCounters, type Contracts } from 'isthmus';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCaseBridge } from './case-bridge.js';
import { readCases } from './read-cases.js';

await loadEngine();

interface BridgeCase {
  name: string;
  store: string;
  contracts: Contracts;
  messages: {
    now: number;
    enabled?: boolean;
    envelope: unknown;
    expect: string;
    payload?: unknown;
  }[];
  counters?: BridgeCounters;
}

const ownSender = 'a'.repeat(32);

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

describe('every bridge case holds:', () => {
  it.each(readCases<BridgeCase>('bridge.json'))('%s', (_name, example) => {
    const { store, receive, applied } = openCaseBridge(example.store, example.contracts, ownSender);
    for (const message of example.messages) {
      const { now, enabled = true, envelope, expect: expected } = message;
      vi.setSystemTime(now);
      store.bridge.setEnabled(enabled);
      expect(receive(withOwnSender(envelope)), JSON.stringify(envelope).slice(0, 200)).toBe(
        expected,
      );
      if (message.payload !== undefined) expect(applied()?.payload).toEqual(message.payload);
    }
    if (example.counters) expect(store.bridge.counters()).toEqual(example.counters);
  });
});

/** In the cases the store's own sender is named `self`. */
function withOwnSender(envelope: unknown): unknown {
  const isOwn = (envelope as { sender?: unknown } | null)?.sender === 'self';
  return isOwn ? { ...(envelope as object), sender: ownSender } : envelope;
}
