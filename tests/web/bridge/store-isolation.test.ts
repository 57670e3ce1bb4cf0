import {
  createIsolatedStore,
  defineSlice,
  loadEngine,
  type IsolatedStore,
  type Middleware,
  type OpenTransport,
} from 'isthmus';
import { inc } from 'isthmus/program';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addEverywhere, createTestHub, envelope, log, openStranger, openTab } from './tabs.js';

await loadEngine();

const fail = (): never => {
  throw new Error('broken');
};
const failOn = (action: unknown): void => {
  if ((action as { type: string }).type === 'log/add') fail();
};
const failingReducer = (state = 0, action: { type: string }): number => (failOn(action), state);

interface Failing {
  readonly store: IsolatedStore;
  /** Of the actions that came: those it holds although something failed. */
  readonly holds: boolean;
}

/** Stores of one tab that fail in all the ways in which an app's code can. */
const failures: Record<string, (transport: OpenTransport) => Failing> = {
  'a JavaScript reducer that throws': (transport) => ({
    store: open(transport, { reducers: { failingReducer } }),
    holds: false,
  }),
  'a JavaScript reducer that throws no error': (transport) => ({
    store: open(transport, {
      reducers: {
        odd: (state = 0, { type }: { type: string }): number => {
          if (type === 'log/add') throw undefined;
          return state;
        },
      },
    }),
    holds: false,
  }),
  'a JavaScript reducer that dispatches': (transport) => {
    const store: IsolatedStore = open(transport, {
      reducers: {
        eager: (state = 0, { type }: { type: string }): number =>
          type === 'log/add' ? (store.dispatch({ type: 'again' }), 1) : state,
      },
    });
    return { store, holds: false };
  },
  'a native reducer that cannot apply': (transport) => {
    const native = defineSlice({
      name: 'native',
      initialState: { text: 'no number' } as Record<string, unknown>,
      reducers: {},
      on: { 'log/add': [inc('/text')] },
    });
    return { store: open(transport, { slices: [log, native] }), holds: false };
  },
  'middleware that throws': (transport) => {
    const broken: Middleware = () => (next) => (action) => (failOn(action), next(action));
    return { store: open(transport, { middleware: [broken] }), holds: false };
  },
  'middleware that throws afterwards': (transport) => {
    const broken: Middleware = () => (next) => (action) => (next(action), failOn(action));
    return { store: open(transport, { middleware: [broken] }), holds: true };
  },
  'a listener that throws': (transport) => {
    const store = open(transport);
    store.subscribe(fail);
    return { store, holds: true };
  },
  'a watcher that throws': (transport) => {
    const store = open(transport);
    store.watch(['log'], fail);
    return { store, holds: true };
  },
  'a listener whose own action fails': (transport) => {
    const store = open(transport, {
      reducers: { b: (_: unknown, { type }: { type: string }) => (type === 'b' ? fail() : 0) },
    });
    store.watch(['log'], () => void store.dispatch({ type: 'b' }));
    return { store, holds: true };
  },
  'a listener that ends its store': (transport) => {
    const store = open(transport);
    const stop = store.subscribe(() => (stop(), store.dispose()));
    return { store, holds: true };
  },
  'an onDrop that throws': (transport) => ({
    store: open(transport, { reducers: { failingReducer }, bridge: { onDrop: fail } }),
    holds: false,
  }),
  'an onCross that throws': (transport) => {
    const store = open(transport);
    store.bridge.onCross(fail);
    return { store, holds: true };
  },
  'a flag that throws': (transport) => ({
    store: open(transport, { bridge: { flag: fail } }),
    holds: false,
  }),
};

type Options = Partial<Parameters<typeof createIsolatedStore>[0]>;

function open(transport: OpenTransport, options: Options = {}): IsolatedStore {
  const bridge = { transport, ...options.bridge };
  return createIsolatedStore({ name: 'failing', slices: [log], ...options, bridge });
}

describe('of several stores in one tab, one has', () => {
  let report: ReturnType<typeof vi.spyOn>;
  beforeEach(() => void (report = vi.spyOn(console, 'error').mockImplementation(() => undefined)));
  afterEach(() => report.mockRestore());

  /** The failing store stands between two sound ones, and another tab listens too. */
  function openAll(make: (transport: OpenTransport) => Failing) {
    const hub = createTestHub();
    const transport = hub.connect();
    const sender = openTab(hub, { transport, name: 'sender' });
    const before = openTab(hub, { transport, name: 'before' });
    const failing = make(transport);
    const after = openTab(hub, { transport, name: 'after' });
    return { hub, sender, failing, sound: [before, after], elsewhere: openTab(hub) };
  }
  type Opened = ReturnType<typeof openAll>;

  function expectSound({ sound, failing }: Opened, entries: readonly string[]): void {
    for (const tab of sound) {
      expect(tab.entries()).toEqual(entries);
      expect(tab.drops).toEqual([]);
      const { accepted, dropped } = tab.store.bridge.counters();
      expect({ accepted, dropped }).toEqual({ accepted: entries.length, dropped: {} });
    }
    if (!failing.holds) expect(failing.store.read(['log'])).toEqual([]);
  }

  it.each(Object.entries(failures))(
    '%s: the others are told by their neighbour, whose dispatch stands',
    async (_what, make) => {
      const all = openAll(make);
      for (const text of ['x', 'y']) all.sender.store.dispatch(addEverywhere(text));
      all.hub.flush();
      await Promise.resolve();
      expectSound(all, ['x', 'y']);
      expect([all.sender.entries(), all.elsewhere.entries()]).toEqual([
        ['x', 'y'],
        ['x', 'y'],
      ]);
    },
  );

  it.each(Object.entries(failures))('%s: the others are told from afar', async (_what, make) => {
    const all = openAll(make);
    const { post } = openStranger(all.hub);
    for (const payload of ['x', 'y']) post(envelope({ payload }));
    await Promise.resolve();
    expectSound(all, ['x', 'y']);
    expect(all.sender.entries()).toEqual(['x', 'y']);
  });

  it.each(Object.entries(failures).slice(0, 5))(
    '%s: it takes nothing of the action, counts it, and goes on',
    async (_what, make) => {
      const { hub, failing, sender } = openAll(make);
      const state = failing.store.getState();
      sender.store.dispatch(addEverywhere('x'));
      hub.flush();
      await Promise.resolve();
      expect(failing.store.getState()).toBe(state);
      expect(failing.store.bridge.counters()).toMatchObject({
        accepted: 0,
        dropped: { reducer: 1 },
        byType: { 'log/add': { reducer: 1 } },
      });
      expect(() => failing.store.dispatch({ type: 'harmless' })).not.toThrow();
    },
  );
});
