import { createIsolatedStore, isBridged, loadEngine, type Middleware } from 'isthmus';
import { describe, expect, it, vi } from 'vitest';
import { portOf } from '../../../web/bridge/heard.js';
import { add, addEverywhere, createTestHub, log, openTab } from './tabs.js';

await loadEngine();

describe('a marked action', () => {
  it('crosses to the other tab, and stays what it was at home', () => {
    const hub = createTestHub();
    const [a, b] = [openTab(hub), openTab(hub)];
    const action = addEverywhere('hello');
    expect(a.store.dispatch(action)).toBe(action);
    expect([a.entries(), b.entries(), hub.pending]).toEqual([['hello'], [], 1]);
    hub.flush();
    expect([a.entries(), b.entries()]).toEqual([['hello'], ['hello']]);
  });

  it('travels in an envelope, untouched', () => {
    const hub = createTestHub();
    const a = openTab(hub);
    const action = { ...addEverywhere('hello'), meta: { crossApp: true, by: 'test' } };
    const before = Date.now();
    a.store.dispatch(action);
    expect(hub.messages).toEqual([
      {
        isthmus: 1,
        binary: 1,
        sender: expect.stringMatching(/^[0-9a-f]{32}$/),
        from: 'shared',
        seq: expect.any(Number),
        clock: expect.any(Number),
        schemaVersion: 1,
        action,
      },
    ]);
    const { clock } = hub.messages[0] as { clock: number };
    expect(clock - before).toBeLessThan(60_000);
  });

  it('arrives with its marks, through the middleware, once', () => {
    const hub = createTestHub();
    const seen: unknown[] = [];
    const spy: Middleware = () => (next) => (action) => (seen.push(action), next(action));
    const [a] = [openTab(hub), openTab(hub, { middleware: [spy] })];
    a.store.dispatch({ ...addEverywhere('hello'), meta: { crossApp: true, by: 'test' } });
    hub.flush();
    const meta = { crossApp: true, by: 'test', origin: '__bridged__' };
    expect(seen).toEqual([{ type: 'log/add', payload: 'hello', meta }]);
    expect(isBridged(seen[0])).toBe(true);
  });

  it('is applied once in each of three tabs, and never sent again', () => {
    const hub = createTestHub();
    const tabs = [openTab(hub), openTab(hub), openTab(hub)];
    for (const [i, tab] of tabs.entries()) tab.store.dispatch(addEverywhere(`from ${i}`));
    expect(hub.flush()).toBe(6);
    expect(hub.messages).toHaveLength(3);
    expect(hub.pending).toBe(0);
    for (const { entries, store } of tabs) {
      expect([...(entries() as string[])].sort()).toEqual(['from 0', 'from 1', 'from 2']);
      expect(store.bridge.counters()).toMatchObject({ sent: 1, accepted: 2, dropped: {} });
    }
  });

  it.each([
    ['through JavaScript', () => (next: (action: unknown) => unknown) => next],
    ['past it', undefined],
  ])('is told from a local one by the port, when it comes %s', (_way, middleware) => {
    const hub = createTestHub();
    const sender = openTab(hub);
    const receiver = createIsolatedStore({
      name: 'shared',
      slices: [log],
      ...(middleware && { middleware: [middleware] }),
      bridge: { transport: hub.connect() },
    });
    const seen: [unknown, boolean?][] = [];
    receiver.watch(['log'], () =>
      seen.push([receiver.read(['log']), portOf(receiver)?.isReceiving]),
    );
    receiver.dispatch(add('own'));
    sender.store.dispatch(addEverywhere('x'));
    hub.flush();
    receiver.dispatch(add('own'));
    expect(seen).toEqual([
      [['own'], false],
      [['own', 'x'], true],
      [['own', 'x', 'own'], false],
    ]);
  });

  it('is not sent again by a middleware that forwards bridged actions', () => {
    const hub = createTestHub();
    const forwarding: Middleware = (api) => (next) => (action) => {
      const result = next(action);
      const { meta = {} } = action as { meta?: { forwarded?: boolean } };
      if (isBridged(action) && meta.forwarded === undefined) {
        api.dispatch({ ...(action as object), meta: { ...meta, forwarded: true } } as never);
      }
      return result;
    };
    const [a, b] = [openTab(hub), openTab(hub, { middleware: [forwarding] })];
    a.store.dispatch(addEverywhere('x'));
    hub.flush();
    expect([hub.messages.length, a.entries(), b.entries()]).toEqual([1, ['x'], ['x', 'x']]);
  });

  it('reaches the stores of its own tab, by contract, and the channel once', () => {
    const hub = createTestHub();
    const transport = hub.connect();
    const [shared, isolated] = ['shared', 'checkout'].map((name) =>
      openTab(hub, { name, transport }),
    );
    const elsewhere = openTab(hub);
    shared!.store.dispatch(addEverywhere('x'));
    expect(isolated!.entries()).toEqual(['x']);
    expect(hub.flush()).toBe(1);
    expect([shared!.entries(), isolated!.entries(), elsewhere.entries()]).toEqual([
      ['x'],
      ['x'],
      ['x'],
    ]);
    elsewhere.store.dispatch(addEverywhere('y'));
    expect(hub.flush()).toBe(1);
    expect([shared!.entries(), isolated!.entries()]).toEqual([
      ['x', 'y'],
      ['x', 'y'],
    ]);
  });

  it('stays on its channel', () => {
    const hub = createTestHub();
    const [a, other] = [openTab(hub), openTab(hub, { channel: 'other' })];
    a.store.dispatch(addEverywhere('x'));
    expect([hub.flush(), other.entries()]).toEqual([0, []]);
    expect([a, other].map(({ store }) => store.inspect().channels)).toEqual([
      ['isthmus'],
      ['other'],
    ]);
  });

  it('is told to onCross on both sides', () => {
    const hub = createTestHub();
    const [a, b] = [openTab(hub), openTab(hub)];
    const action = addEverywhere('x');
    a.store.dispatch(action);
    hub.flush();
    const meta = { crossApp: true, origin: '__bridged__' };
    expect(a.crossings).toEqual([{ direction: 'out', action }]);
    expect(b.crossings).toEqual([{ direction: 'in', action: { ...action, meta } }]);
  });

  it('is told to onCross for an action creator if it is one of its own, until that is stopped', () => {
    const hub = createTestHub();
    const [{ store }] = [openTab(hub), openTab(hub)];
    const payloads: string[] = [];
    const other = vi.fn();
    const stop = store.bridge.onCross(add, ({ action }) => payloads.push(action.payload));
    store.bridge.onCross({ match: (_action): _action is { type: 'x' } => false }, other);
    store.dispatch(addEverywhere('x'));
    stop();
    store.dispatch(addEverywhere('y'));
    expect(payloads).toEqual(['x']);
    expect(other).not.toHaveBeenCalled();
    const wrong = () => store.bridge.onCross({} as never, () => undefined);
    expect(wrong).toThrow(/`match` of the action creator/);
    expect(() => store.bridge.onCross(add, 1 as never)).toThrow(/listener of bridge.onCross/);
  });
});

describe('an action that is not marked', () => {
  it.each([
    ['without meta', add('x')],
    ['with other meta', { ...add('x'), meta: { by: 'test' } }],
    ['marked with something else than true', { ...add('x'), meta: { crossApp: 'true' } }],
    ['that was bridged', { ...add('x'), meta: { crossApp: true, origin: '__bridged__' } }],
  ])('%s stays at home, and is not counted', (_what, action) => {
    const hub = createTestHub();
    const [a, b] = [openTab(hub), openTab(hub)];
    a.store.dispatch(action);
    expect([hub.flush(), hub.messages.length, b.entries()]).toEqual([0, 0, []]);
    expect(a.store.bridge.counters()).toMatchObject({ sent: 0, refused: {} });
  });
});

describe('the order', () => {
  it('is that of the dispatches, nested ones after the one that caused them', () => {
    const hub = createTestHub();
    const [a, b] = [openTab(hub), openTab(hub)];
    a.store.subscribe(() => {
      if ((a.entries() as string[]).length === 1) a.store.dispatch(addEverywhere('inner'));
    });
    a.store.dispatch(addEverywhere('outer'));
    a.store.dispatch(addEverywhere('next'));
    hub.flush();
    expect(b.entries()).toEqual(['outer', 'inner', 'next']);
    expect(b.entries()).toEqual(a.entries());
  });

  it('nothing leaves before the outermost dispatch has settled', () => {
    const hub = createTestHub();
    const a = openTab(hub);
    const posted: number[] = [];
    a.store.subscribe(() => {
      if ((a.entries() as string[]).length < 3) a.store.dispatch(addEverywhere('again'));
      posted.push(hub.messages.length);
    });
    a.store.dispatch(addEverywhere('first'));
    expect(posted).toEqual([0, 0, 0]);
    expect(hub.messages).toHaveLength(3);
  });

  it('what a store of the same tab answers comes after what it answers to', () => {
    const hub = createTestHub();
    const transport = hub.connect();
    const [a, b] = [openTab(hub, { transport }), openTab(hub, { transport, name: 'b' })];
    const elsewhere = openTab(hub);
    b.store.subscribe(() => {
      if ((b.entries() as string[]).length === 1) b.store.dispatch(addEverywhere('answer'));
    });
    a.store.dispatch(addEverywhere('question'));
    hub.flush();
    for (const { entries } of [a, b, elsewhere]) expect(entries()).toEqual(['question', 'answer']);
  });

  it('an action that a reducer refuses does not leave, and later ones do', () => {
    const hub = createTestHub();
    const b = openTab(hub);
    const refusing = (state = 0, { payload }: { type: string; payload?: unknown }): number => {
      if (payload === 'bad') throw new Error('refused');
      return state;
    };
    const a = createIsolatedStore({
      name: 'shared',
      slices: [log],
      reducers: { refusing },
      bridge: { transport: hub.connect() },
    });
    expect(() => a.dispatch(addEverywhere('bad'))).toThrow('refused');
    a.dispatch(addEverywhere('good'));
    hub.flush();
    expect([a.read(['log']), b.entries()]).toEqual([['good'], ['good']]);
    expect(hub.messages).toHaveLength(1);
  });

  it('an action leaves although a listener throws', () => {
    const hub = createTestHub();
    const [a, b] = [openTab(hub), openTab(hub)];
    a.store.subscribe(() => {
      throw new Error('listener');
    });
    expect(() => a.store.dispatch(addEverywhere('x'))).toThrow('listener');
    hub.flush();
    expect(b.entries()).toEqual(['x']);
  });
});

describe('a dispatch does not fail because of the bridge:', () => {
  const failing = () => {
    throw new Error('broken');
  };
  const quiet = { post: failing, onMessage: () => undefined, close: () => undefined };
  it.each([
    ['a transport that throws', { transport: () => quiet }],
    ['a flag that throws', { flag: failing }],
    ['an onDrop that throws', { onDrop: failing, enabled: false }],
  ])('%s is reported', async (_what, options) => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { store, entries } = openTab(createTestHub(), options);
    store.dispatch(addEverywhere('x'));
    store.dispatch(addEverywhere('y'));
    expect(entries()).toEqual(['x', 'y']);
    await Promise.resolve();
    expect(report).toHaveBeenCalledTimes(2);
    expect(report).toHaveBeenCalledWith(new Error('broken'));
    report.mockRestore();
  });
});

describe('a store that is disposed of', () => {
  it('leaves its channel, and what is under way to it is let go', () => {
    const hub = createTestHub();
    const [a, b] = [openTab(hub), openTab(hub)];
    a.store.dispatch(addEverywhere('x'));
    b.store.dispose();
    hub.flush();
    a.store.dispatch(addEverywhere('y'));
    expect(hub.flush()).toBe(0);
    expect(b.store.inspect().channels).toEqual([]);
  });

  it('by a listener still sends the action that the listener was told of', () => {
    const hub = createTestHub();
    const [a, b] = [openTab(hub), openTab(hub)];
    a.store.subscribe(() => a.store.dispose());
    a.store.dispatch(addEverywhere('the last'));
    hub.flush();
    expect(b.entries()).toEqual(['the last']);
    expect(hub.messages).toHaveLength(1);
  });

  it("by another store's listener is not given the message under way", async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const hub = createTestHub();
    const transport = hub.connect();
    const [a, b, c] = [openTab(hub, { transport }), openTab(hub, { transport }), openTab(hub)];
    a.store.subscribe(() => b.store.dispose());
    c.store.dispatch(addEverywhere('x'));
    hub.flush();
    await Promise.resolve();
    expect(a.entries()).toEqual(['x']);
    expect(report).not.toHaveBeenCalled();
    report.mockRestore();
  });
});

it('a channel that could not be opened is opened by the next store', () => {
  const hub = createTestHub();
  const open = hub.connect();
  const transport = vi.fn(open).mockImplementationOnce(() => {
    throw new Error('no channel');
  });
  expect(() => openTab(hub, { transport })).toThrow('no channel');
  const { store } = openTab(hub, { transport });
  store.dispatch(addEverywhere('x'));
  expect(hub.messages).toHaveLength(1);
});
