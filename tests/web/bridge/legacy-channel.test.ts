import { createIsolatedStore, crossApp, defineSlice, loadEngine } from 'isthmus';
import { payload, push } from 'isthmus/program';
import { describe, expect, it, vi } from 'vitest';
import { openHandWritten } from './hand-written-bridge.js';
import { add, addEverywhere, createTestHub, log, openTab, type TabOptions } from './tabs.js';

await loadEngine();

const OLD = 'redux-bridge';
const byHand = (text: unknown, meta: object = {}) => ({
  type: 'log/add',
  payload: text,
  meta: { crossApp: true, origin: 'host', ...meta },
});

function openLegacy(options: TabOptions = {}, hub = createTestHub()) {
  const tab = openTab(hub, { legacyChannel: OLD, ...options });
  const stranger = hub.connect()(OLD);
  const post = (message: unknown) => (stranger.post(message), hub.flush());
  const heard: unknown[] = [];
  stranger.onMessage((message) => heard.push(message));
  return { ...tab, hub, post, heard };
}

describe('a hand-written app', () => {
  function open() {
    const hub = createTestHub();
    const app = openHandWritten(hub.connect()(OLD));
    return { hub, app, tabs: [openLegacy({}, hub), openLegacy({}, hub)] as const };
  }

  it('hears what Isthmus posts, and does not post it again', () => {
    const { hub, app, tabs } = open();
    tabs[0].store.dispatch(addEverywhere('hello'));
    hub.flush();
    expect(app.entries()).toEqual(['hello']);
    expect(hub.messages).toHaveLength(2);
    const mark = expect.stringMatching(/^.+:1$/) as unknown;
    expect(tabs[1].heard).toEqual([
      {
        type: 'log/add',
        payload: 'hello',
        meta: {
          crossApp: true,
          schemaVersion: 1,
          origin: expect.stringMatching(/^isthmus:.+:1$/) as unknown,
          isthmus: mark,
        },
      },
    ]);
  });

  it('is heard by every tab once, marked as bridged, and by no tab again', () => {
    const { hub, app, tabs } = open();
    app.store.dispatch(addEverywhere('hello'));
    hub.flush();
    expect(hub.messages).toHaveLength(1);
    const meta = { crossApp: true, origin: '__bridged__' };
    for (const { entries, crossings, drops } of tabs) {
      expect([entries(), drops]).toEqual([['hello'], []]);
      expect(crossings).toEqual([{ direction: 'in', action: { ...addEverywhere('hello'), meta } }]);
    }
  });

  it('sees everything that all others send, and they what it sends, in turns', async () => {
    const { hub, app, tabs } = open();
    const texts = Array.from({ length: 30 }, (_, i) => `${i}`);
    for (const [i, text] of texts.entries()) {
      [tabs[0].store, app.store, tabs[1].store][i % 3]!.dispatch(addEverywhere(text));
      hub.flush();
      await Promise.resolve(); // a task's budget is less than all of them
    }
    for (const { entries } of [app, ...tabs]) expect(entries()).toEqual(texts);
    for (const { drops } of tabs) expect(drops).toEqual([]);
  });

  it('that posts again what it hears is dropped as an echo by all', () => {
    const hub = createTestHub();
    const app = openHandWritten(hub.connect()(OLD), { marks: false });
    const tabs = [openLegacy({}, hub), openLegacy({}, hub)];
    tabs[0]!.store.dispatch(addEverywhere('hello'));
    hub.flush();
    expect(app.entries()).toEqual(['hello']);
    for (const { entries, store } of tabs) {
      expect(entries()).toEqual(['hello']);
      expect(store.bridge.counters().dropped).toEqual({ echo: 1 });
    }
  });
});

describe('stores that hear both channels', () => {
  it('apply once what a store of another tab posts, and count no drop', () => {
    const hub = createTestHub();
    const tabs = [1, 2, 3].map(() => openLegacy({}, hub));
    for (const [i, tab] of tabs.entries()) tab.store.dispatch(addEverywhere(`from ${i}`));
    hub.flush();
    for (const { entries, store } of tabs) {
      expect([...(entries() as string[])].sort()).toEqual(['from 0', 'from 1', 'from 2']);
      expect(store.bridge.counters()).toMatchObject({ sent: 1, accepted: 2, dropped: {} });
    }
  });

  it('apply once in each store of a tab, in both directions', () => {
    const hub = createTestHub();
    const transport = hub.connect();
    const app = openHandWritten(hub.connect()(OLD));
    const here = ['shared', 'checkout'].map((name) => openLegacy({ name, transport }, hub));
    const without = openTab(hub, { name: 'search', transport });
    here[0]!.store.dispatch(addEverywhere('from here'));
    hub.flush();
    app.store.dispatch(addEverywhere('by hand'));
    hub.flush();
    expect(app.entries()).toEqual(['from here', 'by hand']);
    for (const { entries, drops } of here) {
      expect([entries(), drops]).toEqual([['from here', 'by hand'], []]);
    }
    expect(without.entries()).toEqual(['from here']);
    without.store.dispatch(addEverywhere('unheard'));
    hub.flush();
    expect(app.entries()).toEqual(['from here', 'by hand']);
  });
});

describe('a plain action is dropped as', () => {
  const SECRET = 'hunter2';
  const contract = {
    'not-to-here': { to: ['admin'] },
    'from-nobody': { from: [] },
    login: { never: ['/token'], payload: { type: 'object' } },
  } as const;
  const jwt = `eyJhbGciOiJIUzI1NiJ9.${'a'.repeat(20)}.${'b'.repeat(20)}`;
  const table: [string, string, unknown][] = [
    ['undecodable', 'a Map', new Map([[SECRET, 1]])],
    ['undecodable', 'a Date inside', byHand(new Date(0))],
    ['too-large', 'a long text', byHand(SECRET.repeat(100_000))],
    ['protocol', 'undefined', undefined],
    ['protocol', 'a text', SECRET],
    ['protocol', 'no type', { payload: SECRET }],
    ['protocol', 'an envelope', { isthmus: 1, sender: 'a', seq: 1, action: byHand(SECRET) }],
    ['protocol', 'a meta that is none', { type: 'log/add', payload: SECRET, meta: 7 }],
    ['echo', 'one that was bridged', byHand(SECRET, { origin: '__bridged__' })],
    ['type', 'a type without a contract', { type: 'auth/steal', payload: SECRET }],
    ['type', 'a type named as objects inherit', { type: '__proto__', payload: SECRET }],
    ['sender', 'a receiver that may not', { type: 'not-to-here', payload: SECRET }],
    ['sender', 'a type that nobody may send', { type: 'from-nobody', payload: SECRET }],
    ['version', 'another version', byHand(SECRET, { schemaVersion: 2 })],
    ['version', 'no version', byHand(SECRET, { schemaVersion: 'one' })],
    ['schema', 'another shape', byHand({ SECRET })],
    ['schema', 'no payload', { type: 'log/add' }],
    ['secret', 'a part that never crosses', { type: 'login', payload: { token: SECRET } }],
    ['secret', 'a credential', byHand(jwt)],
  ];

  it.each(table)('%s: %s', (reason, _what, message) => {
    const { store, drops, crossings, post } = openLegacy({ contract });
    const changed = vi.fn();
    store.subscribe(changed);
    post(message);
    expect(drops).toEqual([expect.objectContaining({ direction: 'in', reason })]);
    expect(JSON.stringify(drops)).not.toContain(SECRET);
    const { accepted, limited, dropped } = store.bridge.counters();
    expect([accepted, limited, dropped]).toEqual([0, 0, { [reason]: 1 }]);
    expect([changed.mock.calls.length, crossings]).toEqual([0, []]);
    post(byHand('next'));
    expect(store.read(['log'])).toEqual(['next']);
  });

  it('off: while the bridge is switched off, and nothing goes out', () => {
    const { store, drops, entries, post, heard } = openLegacy({ enabled: false });
    post(byHand('x'));
    store.dispatch(addEverywhere('y'));
    post(byHand('z'));
    expect([entries(), heard]).toEqual([['y'], []]);
    expect(drops.map(({ reason }) => reason)).toEqual(['off', 'off', 'off']);
  });

  it('reducer: what a reducer refuses, and the next one is taken', () => {
    const hub = createTestHub();
    const onDrop = vi.fn();
    const refusing = (state = 0, { payload: text }: { type: string; payload?: unknown }) => {
      if (text === SECRET) throw new Error(SECRET);
      return state;
    };
    const bridge = { transport: hub.connect(), legacyChannel: OLD, onDrop };
    const options = { name: 'shared', slices: [log], reducers: { refusing }, bridge };
    const store = createIsolatedStore(options);
    const stranger = hub.connect()(OLD);
    for (const text of [SECRET, 'good']) stranger.post(byHand(text));
    hub.flush();
    expect(store.read(['log'])).toEqual(['good']);
    expect(onDrop.mock.calls).toEqual([[expect.objectContaining({ reason: 'reducer' })]]);
    expect(store.bridge.counters()).toMatchObject({ accepted: 1, dropped: { reducer: 1 } });
  });
});

describe('what goes out on the legacy channel', () => {
  const SECRET = 'hunter2';
  const login = defineSlice({
    name: 'login',
    initialState: [] as unknown[],
    reducers: { add: [push('', payload())] },
    contract: {
      'login/add': {
        schemaVersion: 2,
        never: ['/token', { path: '/card', then: 'refuse' }],
        downcast: {
          2: [
            { op: 'set', path: '/user', value: { var: 'payload.name' } },
            { op: 'unset', path: '/name' },
          ],
        },
      },
    },
  });
  function open(legacyChannel: TabOptions['legacyChannel'] & {}) {
    const hub = createTestHub();
    const heard: unknown[] = [];
    hub
      .connect()(OLD)
      .onMessage((message) => heard.push(message));
    const onDrop = vi.fn();
    const bridge = { transport: hub.connect(), legacyChannel, onDrop };
    const slices = [login, log];
    const store = createIsolatedStore({ name: 'shared', slices, bridge });
    const send = (data: object) => {
      store.dispatch(crossApp(login.actions.add(data as never)));
      hub.flush();
    };
    return { hub, heard, store, send, onDrop };
  }

  it('holds no part that never leaves, and neither does the main channel', () => {
    const { hub, heard, send } = open(OLD);
    send({ name: 'ada', token: SECRET });
    send({ name: 'ada', card: SECRET });
    expect([hub.messages.length, heard.length]).toEqual([2, 1]);
    expect(JSON.stringify(hub.messages)).not.toContain(SECRET);
  });

  it('is in the version that is known there, and says so', () => {
    const { heard, send } = open({ name: OLD, schemaVersion: 1 });
    send({ name: 'ada', token: SECRET });
    const meta = expect.objectContaining({ crossApp: true, schemaVersion: 1 }) as unknown;
    expect(heard).toEqual([{ type: 'login/add', payload: { user: 'ada' }, meta }]);
  });

  it('is in the version of the contract by default', () => {
    const { heard, send } = open({ name: OLD });
    send({ name: 'ada' });
    const meta = expect.objectContaining({ schemaVersion: 2 }) as unknown;
    expect(heard).toEqual([{ type: 'login/add', payload: { name: 'ada' }, meta }]);
  });

  it('is nothing where no casters lead to that version, which is told', () => {
    const { store, drops, heard, hub } = openLegacy({
      legacyChannel: { name: OLD, schemaVersion: 1 },
      contract: { moved: { schemaVersion: 2 } },
    });
    store.dispatch(crossApp({ type: 'moved' }));
    hub.flush();
    expect([hub.messages.length, heard]).toEqual([1, []]);
    const why = { direction: 'out', reason: 'version', type: 'moved' };
    expect(drops).toEqual([expect.objectContaining(why)]);
    expect(store.bridge.counters()).toMatchObject({ sent: 1, refused: { version: 1 } });
  });

  it('is not what is unmarked or refused by a contract', () => {
    const { store, heard, hub } = open(OLD);
    store.dispatch(add('local'));
    store.dispatch(crossApp({ type: 'unlisted' }));
    store.dispatch(addEverywhere(7));
    hub.flush();
    expect([hub.messages, heard]).toEqual([[], []]);
  });
});

describe('a flood of bad plain actions', () => {
  it('is not read beyond the limit, and the main channel is', () => {
    const { store, entries, post, hub } = openLegacy({ limits: { rejects: 3 } });
    const peer = openTab(hub);
    for (let i = 0; i < 10; i++) post(byHand({ bad: i }));
    peer.store.dispatch(addEverywhere('good'));
    hub.flush();
    expect(entries()).toEqual(['good']);
    expect(store.bridge.counters()).toMatchObject({ limited: 7, dropped: { schema: 3 } });
  });

  it('of good ones waits in a bounded queue, whose overflow is told', () => {
    const onGap = vi.fn();
    const tasks: (() => void)[] = [];
    const hub = createTestHub();
    const connect = hub.connect();
    const transport = (channel: string) => ({
      ...connect(channel),
      later: (task: () => void) => void tasks.push(task),
    });
    const { entries } = openLegacy({ transport, limits: { queue: 10 }, onGap }, hub);
    const stranger = hub.connect()(OLD);
    for (let i = 0; i < 200; i++) stranger.post(byHand(`${i}`));
    hub.flush();
    expect(entries()).toHaveLength(64);
    while (tasks.length > 0) tasks.shift()!();
    expect(entries()).toHaveLength(74);
    expect(onGap).toHaveBeenCalledExactlyOnceWith({ reason: 'overflow', messages: 126 });
  });
});

describe('the option legacyChannel', () => {
  it.each([
    ['the name of the main channel', 'isthmus', /is the main channel too/],
    ['the same in full', { name: 'isthmus' }, /is the main channel too/],
    ['no name', '', /must be the name of a channel/],
    ['a number', 7, /must be the name of a channel/],
    ['null', null, /must be the name of a channel/],
    ['a version of 0', { name: OLD, schemaVersion: 0 }, /whole number, 1 or more/],
    ['half a version', { name: OLD, schemaVersion: 1.5 }, /whole number, 1 or more/],
  ])('is refused as %s', (_what, legacyChannel, message) => {
    const hub = createTestHub();
    const given = legacyChannel as string;
    expect(() => openTab(hub, { legacyChannel: given })).toThrow(message);
    expect(() => openTab(hub, { legacyChannel: given })).toThrow(
      expect.objectContaining({ code: 'invalid-definition' }),
    );
  });

  it('shows the channel in inspect() until the store is disposed of, and hears no more then', () => {
    const { store, hub } = openLegacy();
    expect(store.inspect().channels).toEqual(['isthmus', OLD]);
    store.dispose();
    expect(store.inspect().channels).toEqual([]);
    hub.connect()(OLD).post(byHand('x'));
    hub.connect()('isthmus').post('x');
    expect(hub.pending).toBe(1); // the stranger's own
  });

  it('a channel that cannot be opened leaves no store on the main one', () => {
    const hub = createTestHub();
    const open = hub.connect();
    const transport = (name: string) => {
      if (name === OLD) throw new Error('no channel');
      return open(name);
    };
    expect(() => openTab(hub, { transport, legacyChannel: OLD })).toThrow('no channel');
    hub.connect()('isthmus').post('x');
    expect(hub.pending).toBe(0);
  });

  it('a store that a listener ends still sends what the listener was told of, on both', () => {
    const { store, heard, hub } = openLegacy();
    store.subscribe(() => store.dispose());
    store.dispatch(addEverywhere('the last'));
    hub.flush();
    expect(heard).toEqual([expect.objectContaining({ payload: 'the last' })]);
  });
});
