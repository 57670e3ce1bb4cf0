// What the tab that attacks and the tab that is attacked run. Playwright carries each function into its
// page as text, so none may use anything of this module but its types and the page's globals.

import type { BridgeCounters, Contracts, DropReason } from 'isthmus';

export interface HostileMessage {
  reason: DropReason;
  /** Whether the bridge is on when it arrives. */
  enabled?: boolean;
  envelope?: unknown;
  /** Hexadecimal bytes instead of an envelope; they may be no value at all. */
  bytes?: string;
}

interface HostileFile {
  now: number;
  limits: { bytes: number; depth: number; entries: number };
  contracts: Contracts;
  before: object[];
  good: { action: object };
  messages: HostileMessage[];
}

/** What the store has done from one good message to the next. */
export interface Round {
  /** The counters that moved, and how far. */
  moved: Record<string, number>;
  told: string[];
  /** For each drop, whether the state was still the same object when it was told. */
  unchanged: boolean[];
  state: unknown;
}

declare global {
  var corpus: HostileFile;
  var attacker: { channel: BroadcastChannel; victim: Promise<string> };
  var rounds: Round[];
}

/** Both tabs read the same file; it is no argument, since `__proto__` is a key in it. */
export async function readCorpus(): Promise<void> {
  const response = await fetch('/tests/cases/hostile.json');
  globalThis.corpus = (await response.json()) as HostileFile;
  corpus.messages = corpus.messages.map((message) => {
    const pairs = message.bytes?.match(/../g) ?? [];
    const bytes = Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
    return message.bytes === undefined ? message : { ...message, envelope: bytes };
  });
}

/** Waits for the store's first message, which tells its sender id, and adds what JSON cannot hold. */
export function prepareAttack(): void {
  const channel = new BroadcastChannel('isthmus');
  const victim = new Promise<string>((resolve) => {
    channel.onmessage = ({ data }) => resolve((data as { sender: string }).sender);
  });
  globalThis.attacker = { channel, victim };

  const cycle: unknown[] = [];
  cycle.push(cycle);
  const buffer = new ArrayBuffer(8);
  const objects = [new Map([['sku', 'a']]), new Set(['a']), new Date(0), /a/, new Error('a')];
  const wrapped = [new Number(1), new Blob(['a']), new ImageData(1, 1), buffer];
  const numbers = [7n, NaN, -Infinity, new Uint8Array(2), new DataView(buffer)];
  const large = [cycle, new Array(10_000_000), 'x'.repeat(1_000_000), { a: [{ a: cycle }] }];
  add('undecodable', [...objects, ...wrapped, ...numbers]);
  add('too-large', large);

  function add(reason: DropReason, payloads: unknown[]) {
    for (const payload of payloads) {
      const message = (inside: unknown) => ({
        ...corpus.good,
        sender: 'other',
        action: { ...corpus.good.action, payload: inside },
      });
      for (const envelope of [payload, message(payload), message({ sku: [payload] })]) {
        corpus.messages.push({ reason, envelope });
      }
    }
  }
}

/** Posts what comes before, then every message with a good one behind it; returns the reasons. */
export async function attack(): Promise<DropReason[]> {
  const { channel, victim } = attacker;
  const sender = await victim;
  for (const message of corpus.before) channel.postMessage(message);
  for (const [i, { envelope }] of corpus.messages.entries()) {
    const isOwn = (envelope as { sender?: unknown } | null)?.sender === 'self';
    channel.postMessage(isOwn ? { ...(envelope as object), sender } : envelope);
    channel.postMessage({ ...corpus.good, seq: 1 + i });
  }
  return corpus.messages.map(({ reason }) => reason);
}

/** Opens the store that is attacked, says hello, and notes a round at each good message. */
export async function openVictim(): Promise<void> {
  const { createIsolatedStore, crossApp, loadEngine } = await import('isthmus');
  Date.now = () => corpus.now;
  await loadEngine();
  const seen = (state = 0, { type }: { type: string }): number => {
    if (type === 'cart/refused') throw new Error('refused');
    return type.startsWith('@@') ? state : state + 1;
  };
  const store = createIsolatedStore({
    name: 'shared',
    contract: corpus.contracts,
    reducers: { seen },
    bridge: { limits: { ...corpus.limits, rejects: 1_000_000 } },
  });
  globalThis.rounds = [];
  let [before, state] = [flat(store.bridge.counters()), store.getState()];
  let [told, unchanged]: [string[], boolean[]] = [[], []];
  store.bridge.onDrop(({ reason }) => {
    told.push(reason);
    unchanged.push(store.getState() === state);
    store.bridge.setEnabled(true);
  });
  store.bridge.onCross(({ direction }) => {
    if (direction === 'out') return;
    const now = flat(store.bridge.counters());
    state = store.getState();
    rounds.push({ moved: difference(before, now), told, unchanged, state });
    [before, told, unchanged] = [now, [], []];
    const next = corpus.messages[rounds.length - corpus.before.length];
    store.bridge.setEnabled(next?.enabled ?? true);
  });
  store.dispatch(crossApp({ type: 'open' }));

  function flat({ accepted, limited, dropped }: BridgeCounters): Record<string, number> {
    return { accepted, limited, ...dropped };
  }
  function difference(from: Record<string, number>, to: Record<string, number>) {
    const moved = Object.entries(to).map(([name, count]) => [name, count - (from[name] ?? 0)]);
    return Object.fromEntries(moved.filter(([, count]) => count !== 0)) as Record<string, number>;
  }
}

/** Posts what no message can carry; returns the names of the errors that the attacker gets itself. */
export function attackUncloneable(): string[] {
  const throwing = Object.defineProperty({}, 'sku', {
    enumerable: true,
    get() {
      throw new RangeError('a getter');
    },
  });
  const symbol = Symbol('a');
  const values = [() => 1, symbol, new Proxy({}, {}), new WeakMap(), Promise.resolve(), document];
  return [...values, throwing].map((payload) => {
    try {
      attacker.channel.postMessage({ ...corpus.good, action: { type: 'cart/add', payload } });
      return 'none';
    } catch (error) {
      return (error as Error).name;
    }
  });
}
