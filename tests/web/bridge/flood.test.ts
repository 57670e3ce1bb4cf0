import {
  createIsolatedStore,
  crossApp,
  defineSlice,
  loadEngine,
  type BridgeLimits,
  type Gap,
  type Middleware,
  type Transport,
} from 'isthmus';
import { payload, set } from 'isthmus/program';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestHub, envelope, log, openTab, type TabOptions } from './tabs.js';

await loadEngine();

/** A tab whose channel delivers as many messages as it likes in one task; the test runs the later ones. */
function openFlooded(options: TabOptions = {}, whose = 'tasks of the test') {
  const hub = createTestHub();
  const gaps: Gap[] = [];
  const tasks: (() => void)[] = [];
  const connect = hub.connect();
  const own = (channel: string): Transport => {
    const { post, onMessage, close } = connect(channel);
    const later = (task: () => void) => void tasks.push(task);
    return { post, onMessage, close, ...(whose === 'tasks of the test' && { later }) };
  };
  const tab = openTab(hub, { transport: own, onGap: (gap) => gaps.push(gap), ...options });
  const transport = hub.connect()('isthmus');
  const flood = (messages: readonly unknown[]) => {
    for (const message of messages) transport.post(message);
    hub.flush();
  };
  const entries = () => tab.entries() as string[];
  const runTask = () => tasks.shift()?.();
  const runTasks = () => {
    while (tasks.length > 0) runTask();
  };
  return { ...tab, hub, gaps, flood, entries, runTask, runTasks };
}

const numbered = (count: number, from = 1) =>
  Array.from({ length: count }, (_, i) =>
    envelope({ payload: `${from + i}` }, { sender: 'numbered', seq: from + i }),
  );
const texts = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1}`);
const settled = (entries: () => string[], count: number) =>
  vi.waitFor(() => expect(entries()).toHaveLength(count), { interval: 1 });

describe('messages that come at once', () => {
  it('are applied as far as the budget of the task goes, and the rest in later ones, in order', () => {
    const { flood, entries, gaps, store, runTask, runTasks } = openFlooded();
    flood(numbered(1000));
    expect(entries()).toHaveLength(64);
    runTask();
    expect(entries()).toHaveLength(128);
    runTasks();
    expect(entries()).toEqual(texts(1000));
    expect(gaps).toEqual([]);
    expect(store.bridge.counters()).toMatchObject({ accepted: 1000, limited: 0, dropped: {} });
  });

  it('keep their order with those that come while they wait', async () => {
    const { flood, entries, runTasks } = openFlooded();
    flood(numbered(200));
    await Promise.resolve();
    flood(numbered(100, 201));
    runTasks();
    expect(entries()).toEqual(texts(300));
  });

  it('wait for no later task when they are few, or the script has ended in between', async () => {
    const { flood, entries } = openFlooded();
    for (let i = 0; i < 20; i++) {
      flood(numbered(16, 1 + 16 * i));
      expect(entries()).toHaveLength(16 * (i + 1));
      await Promise.resolve();
    }
  });

  it('and would hold the task too long wait sooner', async () => {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    const slow: Middleware = () => (next) => (action) => {
      now += 1;
      return next(action);
    };
    const { flood, entries } = openFlooded({ middleware: [slow] }, 'tasks of the page');
    flood(numbered(60));
    expect(entries()).toHaveLength(16);
    clock.mockRestore();
    await settled(entries, 60);
  });

  it('and find no room are lost, which is told once for each task, and then as a gap of numbers', () => {
    const { flood, entries, gaps, runTasks } = openFlooded({ limits: { queue: 100 } });
    flood(numbered(1000));
    runTasks();
    expect(gaps).toEqual([{ reason: 'overflow', messages: 1000 - 164 }]);
    flood(numbered(1, 1001));
    runTasks();
    expect(gaps.slice(1)).toEqual([
      { reason: 'sequence', sender: 'numbered', from: 165, to: 1000 },
    ]);
    expect(entries()).toEqual([...texts(164), '1001']);
  });

  it('are forgotten when their store ends', () => {
    const { flood, store, runTasks } = openFlooded();
    const before = store.bridge.counters;
    flood(numbered(200));
    const { accepted } = before();
    store.dispose();
    const report = vi.spyOn(console, 'error');
    runTasks();
    expect(accepted).toBe(64);
    expect(report).not.toHaveBeenCalled();
    report.mockRestore();
  });

  it('include bad ones, among which every good one is applied', () => {
    vi.useFakeTimers({ toFake: ['Date'] }); // how many are judged is a matter of time
    const { flood, entries, store, runTasks } = openFlooded({ limits: { queue: 10_000 } });
    const good = numbered(100);
    const all = Array.from({ length: 5000 }, (_, i) =>
      i % 50 === 0
        ? good[i / 50]
        : envelope({ payload: { not: 'a text' } }, { sender: `evil-${i % 7}` }),
    );
    flood(all);
    runTasks();
    expect(entries()).toEqual(texts(100));
    const { accepted, limited, dropped } = store.bridge.counters();
    expect(accepted + limited + (dropped.schema ?? 0)).toBe(5000);
    expect(limited).toBeGreaterThan(1000);
    vi.useRealTimers();
  });
});

describe('a gap', () => {
  it('in the numbers of a sender is told once, with the sender and the numbers', () => {
    const { flood, gaps, entries } = openFlooded();
    flood([...numbered(2, 5), ...numbered(1, 9), ...numbered(1, 8), ...numbered(1, 10)]);
    expect(gaps).toEqual([
      { reason: 'sequence', sender: 'numbered', from: 1, to: 4 },
      { reason: 'sequence', sender: 'numbered', from: 7, to: 8 },
    ]);
    expect(entries()).toEqual(['5', '6', '9', '8', '10']);
  });

  it('is told to the listeners of the bridge until they leave', () => {
    const { flood, store } = openFlooded();
    const listener = vi.fn();
    const stop = store.bridge.onGap(listener);
    flood([...numbered(1), ...numbered(1, 3)]);
    stop();
    flood(numbered(1, 5));
    expect(listener).toHaveBeenCalledExactlyOnceWith({
      reason: 'sequence',
      sender: 'numbered',
      from: 2,
      to: 2,
    });
  });

  it('is none where a message came but was dropped, or a reducer refused it', () => {
    const { flood, gaps } = openFlooded();
    const [one, two, three, four] = [numbered(1), numbered(1, 2), numbered(1, 3), numbered(1, 4)];
    const other = (messages: object[], action: object) =>
      messages.map((message) => ({ ...message, action }));
    flood([
      ...one,
      ...other(two, { type: 'somewhere/else' }),
      ...other(three, { type: 'log/add', payload: 7 }),
      ...four,
    ]);
    expect(gaps).toEqual([]);
  });
});

describe('a sender of too many bad messages', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => vi.useRealTimers());

  const bad = (count: number) =>
    Array.from({ length: count }, () => envelope({ payload: 7 }, { sender: 'evil' }));

  it('is not read for a while, is counted, and told no more', () => {
    const { flood, drops, entries, store } = openFlooded({ limits: { rejects: 10 } });
    flood(bad(50));
    flood([envelope({ payload: 'evil' }, { sender: 'evil' }), ...numbered(1)]);
    expect(entries()).toEqual(['1']);
    expect(drops.map(({ reason }) => reason)).toEqual(new Array(10).fill('schema'));
    expect(store.bridge.counters()).toMatchObject({ limited: 41, dropped: { schema: 10 } });
    vi.setSystemTime(Date.now() + 1000);
    flood([envelope({ payload: 'better' }, { sender: 'evil' })]);
    expect(entries()).toEqual(['1', 'better']);
  });

  it("costs no reading of its messages: a Proxy's traps are not called", () => {
    const get = vi.fn();
    let receive: (message: unknown) => void = () => undefined;
    const transport = () => ({
      post: () => undefined,
      onMessage: (listener: (message: unknown) => void) => void (receive = listener),
      close: () => undefined,
    });
    const { store } = openTab(createTestHub(), { transport, limits: { rejects: 1 } });
    for (const message of bad(2)) receive(message);
    receive(new Proxy({ sender: 'evil' }, { get, ownKeys: get }));
    expect(get).not.toHaveBeenCalled();
    expect(store.bridge.counters()).toMatchObject({ limited: 2, dropped: { schema: 1 } });
  });
});

describe('one store', () => {
  it('whose reducer, listener or onDrop throws keeps nothing from the others', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const hub = createTestHub();
    const transport = hub.connect();
    const throwing = () => {
      throw new Error('broken');
    };
    const open = (name: string, options: object = {}) =>
      createIsolatedStore({ name, slices: [log], bridge: { transport, ...options } });
    const refusing = createIsolatedStore({
      name: 'a',
      slices: [log],
      reducers: {
        bad: (_: unknown, { type }: { type: string }) => (type === 'log/add' ? throwing() : 0),
      },
      bridge: { transport, onDrop: throwing },
    });
    const listening = open('b');
    listening.subscribe(throwing);
    listening.watch(['log'], throwing);
    const gapped = open('c', { onGap: throwing });
    const last = open('d');
    const elsewhere = hub.connect()('isthmus');
    for (const message of [...numbered(1), ...numbered(1, 3)]) elsewhere.post(message);
    hub.flush();
    await Promise.resolve();
    expect([refusing, listening, gapped, last].map((store) => store.read(['log']))).toEqual([
      [],
      ['1', '3'],
      ['1', '3'],
      ['1', '3'],
    ]);
    expect(refusing.bridge.counters().dropped).toEqual({ reducer: 2 });
    expect(report).toHaveBeenCalled();
    report.mockRestore();
  });
});

describe('limits', () => {
  it.each<[string, object]>([
    ['bytes', { bytes: 0 }],
    ['bytes', { bytes: 1e9 }],
    ['depth', { depth: 3 }],
    ['depth', { depth: '64' }],
    ['entries', { entries: NaN }],
    ['senders', { senders: -1 }],
    ['window', { window: 1.5 }],
    ['types', { types: Infinity }],
    ['rejects', { rejects: null }],
    ['queue', { queue: -1 }],
    ['constructor', JSON.parse('{ "constructor": 1 }') as object],
    ['__proto__', JSON.parse('{ "__proto__": 1 }') as object],
    ['stringBytes', { stringBytes: 5 }],
  ])('that are wrong are told by name: %s', (name, limits) => {
    const open = () => openTab(createTestHub(), { limits });
    expect(open).toThrow(
      expect.objectContaining({
        name: 'EngineError',
        code: 'invalid-definition',
        where: `/bridge/limits/${name}`,
      }),
    );
  });

  const deep = (levels: number): unknown => (levels === 0 ? 'x' : [deep(levels - 1)]);
  const at = (value: unknown) => envelope({ type: 'any', payload: value });
  it.each<[string, BridgeLimits, unknown, unknown]>([
    ['bytes', { bytes: 1024 }, at('x'.repeat(700)), at('x'.repeat(1024))],
    ['depth', { depth: 10 }, at(deep(8)), at(deep(9))],
    ['entries', { entries: 100 }, at(new Array(80).fill(1)), at(new Array(100).fill(1))],
  ])('reach the engine: %s', (_name, limits, small, large) => {
    const { flood, store } = openFlooded({ limits, contract: { any: {} } });
    flood([small]);
    expect(store.bridge.counters()).toMatchObject({ accepted: 1, dropped: {} });
    flood([large]);
    expect(store.bridge.counters().dropped).toEqual({ 'too-large': 1 });
  });

  it('reach the engine: window, senders and types', () => {
    const limits = { window: 2, senders: 1, types: 1 };
    const { flood, store } = openFlooded({ limits });
    flood([...numbered(1, 5), ...numbered(1, 3)]);
    expect(store.bridge.counters().dropped).toEqual({ duplicate: 1 });
    flood([envelope(), ...numbered(1, 3)]);
    expect(store.bridge.counters().accepted).toBe(3);
    flood(['a', 'b', 'c'].map((type) => envelope({ type })));
    expect(store.bridge.counters().byType).toMatchObject({
      a: { type: 1 },
      '(other)': { type: 2 },
    });
  });
});

describe('where the last wins', () => {
  const contract = { theme: { lastWins: true } };
  const theme = (clock: number, sender: string) =>
    envelope({ type: 'theme', payload: sender }, { clock, sender });

  it('an older action than the last is stale', () => {
    const { flood, crossings, drops } = openFlooded({ contract });
    flood([theme(100, 'b'), theme(100, 'a'), theme(99, 'c'), theme(100, 'c'), theme(101, 'a')]);
    expect(crossings.map(({ action }) => (action as { payload?: unknown }).payload)).toEqual([
      'b',
      'c',
      'a',
    ]);
    expect(drops.map(({ reason, type }) => [reason, type])).toEqual([
      ['stale', 'theme'],
      ['stale', 'theme'],
    ]);
  });

  it('stores that are told different things at once end alike, in whatever order they hear', async () => {
    const theme = defineSlice({
      name: 'theme',
      initialState: '',
      reducers: { change: [set('', payload())] },
      contract: { 'theme/change': { lastWins: true } },
    });
    const hub = createTestHub();
    const stores = [1, 2, 3].map(() =>
      createIsolatedStore({ name: 'app', slices: [theme], bridge: { transport: hub.connect() } }),
    );
    for (let round = 0; round < 20; round++) {
      for (const [i, store] of stores.entries()) {
        store.dispatch(crossApp(theme.actions.change(`${i} in ${round}`)));
        if ((round + i) % 3 === 0) hub.step();
      }
      hub.flush();
      await Promise.resolve(); // nothing waits: each round has a task's budget of its own
      const [first, ...others] = stores.map((store) => store.read(['theme']));
      expect(others).toEqual([first, first]);
    }
  });
});
