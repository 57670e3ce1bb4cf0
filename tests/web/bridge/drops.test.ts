import {
  createIsolatedStore,
  defineSlice,
  loadEngine,
  type Contract,
  type DropReason,
} from 'isthmus';
import { inc, payload, set } from 'isthmus/program';
import { describe, expect, it, vi } from 'vitest';
import { addEverywhere, createTestHub, envelope, log, openStranger, openTab } from './tabs.js';

await loadEngine();

const SECRET = 'hunter2';
const contract: Record<string, Contract> = {
  v2: { schemaVersion: 2 },
  'not-from-here': { from: ['admin'] },
  'not-to-here': { to: ['admin'] },
  login: { never: ['/token', '/list/0', '/gone'], payload: { type: 'object' } },
};

/** Everything of a tab that a dropped message could have changed. */
function openWatched() {
  const hub = createTestHub();
  const tab = openTab(hub, { contract });
  const changed = vi.fn();
  tab.store.subscribe(changed);
  return { ...tab, hub, changed, stranger: openStranger(hub) };
}

describe('a message that comes in is dropped as', () => {
  const deep = (levels: number): unknown => (levels === 0 ? SECRET : [deep(levels - 1)]);
  const at = (type: string, fields: object = {}) => envelope({ type, payload: SECRET }, fields);
  const future = Date.now() + 120_000;
  const table: [DropReason, string, unknown][] = [
    ['undecodable', 'a Map', new Map([[SECRET, 1]])],
    ['undecodable', 'a Date inside', envelope({ payload: { at: new Date(0), SECRET } })],
    ['undecodable', 'a BigInt inside', envelope({ payload: 7n })],
    ['undecodable', 'NaN inside', envelope({ payload: NaN })],
    ['undecodable', 'a typed array', new Uint8Array([1, 2, 3])],
    ['undecodable', 'an error', new Error(SECRET)],
    ['too-large', 'a long text', envelope({ payload: SECRET.repeat(100_000) })],
    ['too-large', 'many entries', envelope({ payload: new Array(200_000).fill(SECRET) })],
    ['too-large', 'a hundred levels', envelope({ payload: deep(100) })],
    ['too-large', 'a long list without items', envelope({ payload: new Array(10_000_000) })],
    ['protocol', 'undefined', undefined],
    ['protocol', 'a text', SECRET],
    ['protocol', 'a bare action', addEverywhere(SECRET)],
    ['protocol', 'another protocol', at('log/add', { isthmus: 2 })],
    ['protocol', 'an envelope without a sender', at('log/add', { sender: undefined })],
    ['echo', 'an action that was bridged', envelope({ payload: SECRET, meta: bridged() })],
    ['type', 'a type without a contract', at('auth/steal')],
    ['type', 'a type named as objects inherit', at('__proto__')],
    ['sender', 'a sender that may not', at('not-from-here')],
    ['sender', 'a receiver that may not', at('not-to-here')],
    ['version', 'another version', at('v2', { schemaVersion: 1 })],
    ['schema', 'another shape', envelope({ payload: { SECRET } })],
    ['schema', 'no payload', envelope({ payload: undefined })],
    [
      'secret',
      'a part that never crosses',
      envelope({ type: 'login', payload: { token: SECRET } }),
    ],
    ['clock', 'a clock of the future', at('log/add', { clock: future })],
  ];
  function bridged() {
    return { crossApp: true, origin: '__bridged__' };
  }

  it.each(table)('%s: %s', (reason, _what, message) => {
    const { store, drops, changed, crossings, stranger } = openWatched();
    const before = store.getState();
    stranger.post(message);
    expect(drops).toEqual([expect.objectContaining({ direction: 'in', reason })]);
    expect(JSON.stringify(drops)).not.toContain(SECRET);
    expect(store.bridge.counters()).toMatchObject({ accepted: 0, dropped: { [reason]: 1 } });
    expect([store.getState() === before, changed.mock.calls.length, crossings]).toEqual([
      true,
      0,
      [],
    ]);
  });

  it('duplicate: the same number of the same sender', () => {
    const { entries, drops, stranger } = openWatched();
    const message = envelope();
    for (let i = 0; i < 3; i++) stranger.post(message);
    expect(entries()).toEqual(['hello']);
    expect(drops.map(({ reason, type }) => [reason, type])).toEqual([
      ['duplicate', 'log/add'],
      ['duplicate', 'log/add'],
    ]);
  });

  it('echo: a message of its own that comes back', () => {
    const { store, entries, drops, hub, stranger } = openWatched();
    store.dispatch(addEverywhere('mine'));
    stranger.post(hub.messages[0]);
    expect([entries(), drops.map(({ reason }) => reason)]).toEqual([['mine'], ['echo']]);
  });

  it('and the next good one is taken', () => {
    const { store, entries, stranger } = openWatched();
    for (const [, , message] of table) stranger.post(message);
    stranger.post(envelope());
    expect(entries()).toEqual(['hello']);
    const { dropped, accepted } = store.bridge.counters();
    const sum = Object.values(dropped).reduce((a, b) => a + b, 0);
    expect([sum, accepted]).toEqual([table.length, 1]);
  });
});

describe('a reducer that refuses a bridged action', () => {
  function openRefusing() {
    const hub = createTestHub();
    let refuses = true;
    const refusing = (state = 0, { type }: { type: string }): number => {
      if (refuses && type === 'log/add') throw new Error(SECRET);
      return state;
    };
    const store = createIsolatedStore({
      name: 'shared',
      slices: [log],
      reducers: { refusing },
      bridge: { transport: hub.connect() },
    });
    const accept = () => (refuses = false);
    return { store, accept, stranger: openStranger(hub) };
  }

  it('is counted and told without what it threw, and no slice changes', () => {
    const { store, stranger } = openRefusing();
    const drops = vi.fn();
    store.bridge.onDrop(drops);
    stranger.post(envelope());
    expect(store.read(['log'])).toEqual([]);
    expect(drops).toHaveBeenCalledExactlyOnceWith({
      direction: 'in',
      reason: 'reducer',
      type: 'log/add',
      message: expect.stringMatching(/^a reducer threw/),
    });
    expect(JSON.stringify(drops.mock.calls)).not.toContain(SECRET);
    expect(store.bridge.counters()).toMatchObject({ accepted: 0, dropped: { reducer: 1 } });
  });

  it('is told by slice and step when it is a native one, without the path', () => {
    const hub = createTestHub();
    const members = defineSlice({
      name: 'members',
      initialState: {},
      reducers: { rename: [inc('/count'), set([payload('id'), 'name'], payload('name'))] },
      contract: { 'members/rename': {} },
    });
    const drops = vi.fn();
    const store = createIsolatedStore({
      name: 'shared',
      slices: [members],
      preloadedState: { members: { count: 0 } },
      bridge: { transport: hub.connect(), onDrop: drops },
    });
    const message = envelope({ type: 'members/rename', payload: { id: SECRET, name: SECRET } });
    openStranger(hub).post(message);
    expect(drops).toHaveBeenCalledExactlyOnceWith({
      direction: 'in',
      reason: 'reducer',
      type: 'members/rename',
      message: "slice 'members' refused it at step /1",
    });
    expect(store.getState()).toEqual({ members: { count: 0 } });
  });

  it('does not use up the number of the message', () => {
    const { store, accept, stranger } = openRefusing();
    const message = envelope();
    stranger.post(message);
    accept();
    stranger.post(message);
    expect(store.read(['log'])).toEqual(['hello']);
  });

  it('is not blamed for a listener that throws', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { store, entries, drops, crossings, stranger } = openWatched();
    store.subscribe(() => {
      throw new Error('listener');
    });
    stranger.post(envelope());
    expect([entries(), drops, crossings.length]).toEqual([['hello'], [], 1]);
    expect(store.bridge.counters()).toMatchObject({ accepted: 1, dropped: {} });
    await Promise.resolve();
    expect(report).toHaveBeenCalledExactlyOnceWith(new Error('listener'));
    report.mockRestore();
  });
});
