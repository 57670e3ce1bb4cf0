import { createIsolatedStore, loadEngine, type Contracts, type DropReason } from 'isthmus';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestHub, openStranger } from '../web/bridge/tabs.js';
import { openRawBridge, type RawBridge } from './raw-bridge.js';
import { readCaseFile } from './read-cases.js';

await loadEngine();

interface HostileMessage {
  reason: DropReason;
  enabled?: boolean;
  envelope?: unknown;
  /** Hexadecimal, where no value has this binary form. */
  bytes?: string;
}

interface HostileFile {
  now: number;
  limits: { bytes: number; depth: number; entries: number };
  contracts: Contracts;
  before: unknown[];
  good: { seq: number };
  messages: HostileMessage[];
}

const file = readCaseFile<HostileFile>('hostile.json');
const table = file.messages.map((message, i) => [`${i} ${message.reason}`, message] as const);
const unlimited = 1_000_000;

vi.useFakeTimers({ toFake: ['Date'], now: file.now });
afterAll(() => vi.useRealTimers());

describe('through a channel into a store, every hostile message', () => {
  /** The store's sender id is not known before it sends, so its own messages are told by that. */
  function openStore() {
    const hub = createTestHub();
    const seen = (state = 0, { type }: { type: string }): number => {
      if (type === 'cart/refused') throw new Error('refused');
      return type.startsWith('@@') || type.includes('INIT') ? state : state + 1;
    };
    const store = createIsolatedStore({
      name: 'shared',
      contract: file.contracts,
      reducers: { seen },
      bridge: { transport: hub.connect(), limits: { ...file.limits, rejects: unlimited } },
    });
    store.dispatch({ type: 'open', meta: { crossApp: true } });
    const { sender } = hub.messages[0] as { sender: string };
    const { post } = openStranger(hub);
    const send = (message: unknown) => {
      const isOwn = (message as { sender?: unknown } | null)?.sender === 'self';
      post(isOwn ? { ...(message as object), sender } : message);
    };
    for (const message of file.before) send(message);
    return { store, send };
  }

  const { store, send } = openStore();
  const total = () => {
    const { accepted, limited, dropped } = store.bridge.counters();
    return Object.values(dropped).reduce((sum, count) => sum + count, accepted + limited);
  };
  let goods = 0;

  it.each(table.filter(([, { bytes }]) => bytes === undefined))(
    '%s: changes nothing but one counter, and the next good one is applied',
    (_name, { reason, enabled = true, envelope }) => {
      const [state, count] = [store.getState(), total()];
      const before = store.bridge.counters().dropped[reason] ?? 0;
      store.bridge.setEnabled(enabled);
      send(envelope);
      store.bridge.setEnabled(true);
      expect(store.bridge.counters().dropped[reason]).toBe(before + 1);
      expect(total()).toBe(count + 1);
      expect(store.getState()).toBe(state);
      send({ ...file.good, seq: ++goods });
      expect(store.getState()).toEqual({ seen: (state.seen as number) + 1 });
    },
  );
});

describe('in its binary form every hostile message', () => {
  const counted: Record<string, number> = {};
  let bridge: RawBridge;
  let goods = 0;

  beforeAll(async () => {
    const memory = { senders: 256, window: 1024, types: 256, rejects: unlimited };
    const parks = { parkBytes: 1024, parkMessages: 1, parkMs: 1000 };
    bridge = await openRawBridge({ ...file.limits, ...memory, ...parks }, file.now);
    for (const [type, contract] of Object.entries(file.contracts))
      bridge.addContract(type, contract);
    for (const message of file.before)
      expect(receive(bridge.bytesOf(message), true)).toBe('accepted');
  });

  function receive(bytes: Uint8Array, applied = false, enabled = true): string {
    const verdict = bridge.receive(bytes, enabled, applied);
    counted[verdict] = (counted[verdict] ?? 0) + 1;
    return verdict;
  }

  function bytesOf({ envelope, bytes }: HostileMessage): Uint8Array {
    return bytes === undefined
      ? bridge.bytesOf(envelope)
      : Uint8Array.from(Buffer.from(bytes, 'hex'));
  }

  /** Each message so far has moved the counter of its verdict, and the next good one passes. */
  function check() {
    const good = bridge.bytesOf({ ...file.good, seq: ++goods });
    expect(receive(good, true)).toBe('accepted');
    const { accepted, limited, dropped } = bridge.counters();
    expect({ accepted, ...(limited > 0 && { limited }), ...dropped }).toEqual(counted);
  }

  it.each(table)('%s: is dropped whole', (_name, message) => {
    expect(receive(bytesOf(message), false, message.enabled)).toBe(message.reason);
    check();
  });

  it.each(table)('%s: is dropped when it is cut off at any byte', (_name, message) => {
    const bytes = bytesOf(message);
    const verdicts = new Set<string>();
    for (let size = 0; size < bytes.length; size++) {
      verdicts.add(receive(bytes.subarray(0, size), false, message.enabled));
    }
    // Bytes with a rest behind a whole value become that value, which is no envelope.
    if (message.bytes !== undefined) verdicts.delete('protocol');
    expect(['undecodable', 'too-large']).toEqual(expect.arrayContaining([...verdicts]));
    check();
  });

  it.each(table)('%s: with any bit flipped moves one counter', (_name, message) => {
    const bytes = bytesOf(message);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      receive(bytes, false, message.enabled);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    check();
  });
});
