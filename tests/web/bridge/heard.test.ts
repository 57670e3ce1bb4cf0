import { createIsolatedStore, loadEngine, type Drop, type Gap } from 'isthmus';
import { beforeAll, describe, expect, it } from 'vitest';
import { portOf, type HeardPort } from '../../../web/bridge/heard.js';
import { addEverywhere, createTestHub, envelope, log, openStranger, openTab } from './tabs.js';

beforeAll(() => loadEngine());

function open() {
  const hub = createTestHub();
  const gaps: Gap[] = [];
  const tab = openTab(hub, { onGap: (gap) => gaps.push(gap) });
  const stranger = openStranger(hub);
  const send = (seq: number, sender = 'peer') =>
    stranger.post(envelope({ payload: `${seq}` }, { sender, seq }));
  return { ...tab, hub, gaps, send, port: portOf(tab.store)! };
}

describe('what a state holds', () => {
  it('is what was accepted of each sender and what was sent, as plain data', () => {
    const { store, send, port, hub } = open();
    expect(port.heard()).toEqual({});
    for (const seq of [1, 2, 3, 5, 9]) send(seq);
    store.dispatch(addEverywhere('own'));
    const { sender } = hub.messages.at(-1) as { sender: string };
    expect(port.heard()).toEqual({ peer: [1, 3, 5, 5, 9, 9], [sender]: [1, 1] });
    expect(JSON.parse(JSON.stringify(port.heard()))).toEqual(port.heard());
  });

  it('is not told in the midst of a dispatch, when the state may hold more than was counted', () => {
    const { store, send, port } = open();
    const seen: unknown[] = [];
    store.subscribe(() => seen.push(port.heard()));
    send(1);
    store.dispatch(addEverywhere('own'));
    expect(seen).toEqual([undefined, undefined]);
    expect(port.heard()).toBeDefined();
  });
});

describe('messages that a snapshot holds', () => {
  it('are duplicates afterwards, those of other slices and all others are not', () => {
    const { send, port, entries, drops } = open();
    expect(port.merge('other', { peer: [1, 9] })).toBe(true);
    expect(port.merge('log', { peer: [1, 2, 5, 5] })).toBe(true);
    for (const seq of [1, 2, 3, 4, 5, 6]) send(seq);
    expect(entries()).toEqual(['3', '4', '6']);
    expect(drops.map(({ reason }) => reason)).toEqual(['duplicate', 'duplicate', 'duplicate']);
  });

  it('and of listed types, too', () => {
    const { send, port, entries } = open();
    port.merge('basket', { peer: [1, 1] }, ['log/add']);
    send(1);
    send(2);
    expect(entries()).toEqual(['2']);
  });

  it('are none where the record is no record', () => {
    const { send, port, entries } = open();
    for (const junk of [
      undefined,
      null,
      7,
      [],
      'x',
      { peer: 1 },
      { peer: [1] },
      { peer: [-1, 2] },
    ]) {
      expect([junk, port.merge('log', junk)]).toEqual([junk, Array.isArray(junk)]);
    }
    send(1);
    expect(entries()).toEqual(['1']);
  });
});

describe('while a snapshot is read', () => {
  it('messages wait, of the channel and of the page, and come in order', () => {
    const hub = createTestHub();
    const transport = hub.connect();
    const here = openTab(hub, { name: 'here', transport });
    const near = openTab(hub, { name: 'near', transport });
    const far = openTab(hub, { name: 'far' });
    const port = portOf(here.store)!;
    const releases = [port.hold(), port.hold()];
    near.store.dispatch(addEverywhere('near'));
    far.store.dispatch(addEverywhere('far'));
    hub.flush();
    releases[0]!();
    releases[0]!();
    hub.flush();
    expect(here.entries()).toEqual([]);
    expect(here.store.bridge.counters().accepted).toBe(0);
    releases[1]!();
    hub.flush();
    expect(here.entries()).toEqual(['near', 'far']);
  });

  it('hundreds that come lose nothing and are applied once, whatever the snapshot holds', () => {
    const hub = createTestHub();
    const [a, b] = [openTab(hub), openTab(hub)];
    const saved: { heard?: unknown; state?: unknown } = {};
    const release = portOf(b.store)!.hold();
    for (let n = 0; n < 300; n++) {
      a.store.dispatch(addEverywhere(`${n}`));
      if (n === 150) Object.assign(saved, { heard: portOf(a.store)!.heard(), state: a.entries() });
      if (n % 7 === 0) hub.step();
    }
    portOf(b.store)!.merge('log', saved.heard);
    b.store.hydrate('log', saved.state);
    release();
    hub.flush();
    expect(b.entries()).toEqual(a.entries());
    expect(b.store.bridge.counters()).toMatchObject({ accepted: 149, dropped: { duplicate: 151 } });
  });

  it('those that find no room are told', () => {
    const hub = createTestHub();
    const gaps: Gap[] = [];
    const { store, entries } = openTab(hub, {
      limits: { queue: 2 },
      onGap: (gap) => gaps.push(gap),
    });
    const release = portOf(store)!.hold();
    const { post } = openStranger(hub);
    for (const seq of [1, 2, 3]) post(envelope({ payload: `${seq}` }, { sender: 'peer', seq }));
    release();
    hub.flush();
    expect(entries()).toEqual(['1', '2']);
    expect(gaps).toEqual([{ reason: 'overflow', messages: 1 }]);
  });
});

it('a store that is not of this package has no port', () => {
  const drops: Drop[] = [];
  expect(portOf({})).toBeUndefined();
  const store = createIsolatedStore({ name: 'ended', slices: [log], bridge: {} });
  const port: HeardPort = portOf(store)!;
  store.dispose();
  expect([port.heard(), port.merge('log', {}), drops]).toEqual([undefined, false, []]);
});
