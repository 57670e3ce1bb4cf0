import { createContext, runInContext } from 'node:vm';
import { loadEngine, type OpenTransport } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { addEverywhere, createTestHub, envelope, openStranger, openTab } from './tabs.js';
import type { TestHub } from 'isthmus/testing';

await loadEngine();

/** Tabs whose channel carries bytes, as BroadcastChannel does. */
const withBytes = (hub: TestHub): OpenTransport => {
  const open = hub.connect();
  return (channel) => ({ ...open(channel), carriesBytes: true });
};
/** Of more bytes than are left as an object. */
const LONG = 'hello '.repeat(180);

const formsOf = (hub: TestHub) =>
  hub.messages.map((message) => (message instanceof Uint8Array ? 'bytes' : 'object'));

/** Two tabs of which each has heard the other. */
function openPair() {
  const hub = createTestHub();
  const limits = { rejects: 1_000_000 };
  const tabs = [1, 2].map(() => openTab(hub, { transport: withBytes(hub), limits }));
  const [a, b] = tabs as [(typeof tabs)[0], (typeof tabs)[0]];
  for (const { store } of tabs) {
    store.dispatch(addEverywhere(LONG));
    hub.flush();
  }
  return { hub, a, b };
}

/** A message in bytes that tab b accepts. */
function sealed() {
  const { hub, a, b } = openPair();
  a.store.dispatch(addEverywhere(`${LONG} sealed`));
  const bytes = hub.messages.at(-1) as Uint8Array;
  const stranger = openStranger(hub);
  hub.flush();
  return { hub, b, bytes, stranger };
}

describe('envelopes as bytes', () => {
  it('are sent to peers that have told that they read them', () => {
    const { hub, a, b } = openPair();
    expect(formsOf(hub)).toEqual(['object', 'bytes']);
    a.store.dispatch(addEverywhere(`${LONG} again`));
    hub.flush();
    expect(formsOf(hub)).toEqual(['object', 'bytes', 'bytes']);
    expect([a.entries(), b.entries()]).toEqual([
      [LONG, LONG, `${LONG} again`],
      [LONG, LONG, `${LONG} again`],
    ]);
    expect([a.drops, b.drops]).toEqual([[], []]);
  });

  it('are not sent for what is small, so that people can read it on the channel', () => {
    const { hub, a } = openPair();
    a.store.dispatch(addEverywhere('hello'));
    expect(formsOf(hub)).toEqual(['object', 'bytes', 'object']);
    expect(hub.messages.at(-1)).toMatchObject({ action: { payload: 'hello' } });
  });

  it('are not sent where a peer was heard that has not told so', () => {
    const { hub, a } = openPair();
    openStranger(hub).post(envelope());
    a.store.dispatch(addEverywhere(`${LONG} again`));
    expect(formsOf(hub).slice(2)).toEqual(['object', 'object']);
  });

  it('are not sent over a transport that may not carry them', () => {
    const hub = createTestHub();
    const tabs = [openTab(hub), openTab(hub)];
    for (let round = 0; round < 2; round++) {
      for (const { store } of tabs) store.dispatch(addEverywhere(LONG));
      hub.flush();
    }
    expect(new Set(formsOf(hub))).toEqual(new Set(['object']));
  });

  it('reach the other stores of the tab', () => {
    const { hub, a } = openPair();
    const transport = withBytes(hub);
    const [c, d] = [openTab(hub, { transport }), openTab(hub, { transport, name: 'own' })];
    a.store.dispatch(addEverywhere(LONG));
    hub.flush();
    c.store.dispatch(addEverywhere(`${LONG} neighbour`));
    expect(formsOf(hub).at(-1)).toBe('bytes');
    expect([c.entries(), d.entries()]).toEqual([
      [LONG, `${LONG} neighbour`],
      [LONG, `${LONG} neighbour`],
    ]);
  });

  it('are dropped as undecodable when they are cut off anywhere, and the whole one is applied', () => {
    const { b, bytes, stranger } = sealed();
    const fresh = Uint8Array.from(bytes);
    for (let size = 0; size < bytes.length; size++) stranger.post(bytes.slice(0, size));
    expect(b.store.bridge.counters().dropped).toEqual({ undecodable: bytes.length });
    expect(b.entries()).toEqual([LONG, LONG, `${LONG} sealed`]);
    stranger.post(fresh);
    expect(b.store.bridge.counters().dropped).toMatchObject({ duplicate: 1 });
  });

  it('are dropped with one counter whatever bit of them is another', async () => {
    const { b, bytes, stranger } = sealed();
    const before = b.entries();
    const count = () =>
      Object.values(b.store.bridge.counters().dropped).reduce((sum, n) => sum! + n!, 0)!;
    let applied = 0;
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const [dropped, accepted] = [count(), b.store.bridge.counters().accepted];
      stranger.post(flipped);
      await Promise.resolve(); // what is accepted counts towards a task's budget
      const now = b.store.bridge.counters();
      expect(count() - dropped + (now.accepted - accepted)).toBe(1);
      applied += now.accepted - accepted;
    }
    expect((b.entries() as unknown[]).length).toBe((before as unknown[]).length + applied);
  });

  it('that are too long are told to be too large', () => {
    const { b, stranger } = sealed();
    stranger.post(new Uint8Array(300 * 1024));
    expect(b.store.bridge.counters().dropped).toEqual({ 'too-large': 1 });
  });

  it('may come from another realm, and no property of theirs is asked', () => {
    const { hub, b, bytes } = sealed();
    let asked = 0;
    const lying = Uint8Array.from(bytes.slice(0, 9));
    for (const name of ['length', 'byteLength', 'slice', 'constructor', 'sender', 'binary']) {
      Object.defineProperty(lying, name, { get: () => (asked += 1) });
    }
    const foreign: unknown = runInContext('new Uint8Array(3)', createContext());
    let listener: (message: unknown) => void = () => undefined;
    const open: OpenTransport = (channel) => ({
      ...hub.connect()(channel),
      onMessage: (given) => void (listener = given),
    });
    const c = openTab(hub, { transport: open });
    for (const message of [lying, foreign, new Uint16Array(4), new DataView(new ArrayBuffer(4))]) {
      listener(message);
    }
    expect(c.store.bridge.counters().dropped).toEqual({ undecodable: 4 });
    expect(asked).toBe(0);
    expect(b.drops).toEqual([]);
  });
});
