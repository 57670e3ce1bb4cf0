import {
  createIsolatedStore,
  crossApp,
  joinSharedStore,
  loadEngine,
  type Contract,
  type DropReason,
} from 'isthmus';
import { describe, expect, it, vi } from 'vitest';
import { addEverywhere, createTestHub, envelope, log, openStranger, openTab } from './tabs.js';

await loadEngine();

const SECRET = 'hunter2';
const contract: Record<string, Contract> = {
  'not-from-here': { from: ['admin'] },
  login: { never: ['/token', '/list/0', '/gone'], payload: { type: 'object' } },
};

describe('an action that wants to leave is kept at home as', () => {
  const table: [DropReason, string, object][] = [
    ['undecodable', 'a function in it', addEverywhere(() => SECRET)],
    [
      'undecodable',
      'a Date in it',
      { ...addEverywhere('x'), meta: { crossApp: true, at: new Date(0) } },
    ],
    ['too-large', 'a cycle in it', addEverywhere(cycle())],
    ['too-large', 'a long text', addEverywhere(SECRET.repeat(100_000))],
    ['type', 'a type without a contract', crossApp({ type: 'mine', payload: SECRET })],
    [
      'sender',
      'a store that may not send it',
      crossApp({ type: 'not-from-here', payload: SECRET }),
    ],
    ['schema', 'another shape', addEverywhere({ SECRET })],
  ];
  function cycle(): object {
    const value: { self?: object } = {};
    value.self = value;
    return value;
  }
  const unread = (state = 0) => state;

  it.each(table)('%s: %s, and its dispatch succeeds', (reason, _what, action) => {
    const hub = createTestHub();
    const drops = vi.fn();
    const store = createIsolatedStore({
      name: 'shared',
      reducers: { unread },
      contract: { ...contract, ...log.contract },
      bridge: { transport: hub.connect(), onDrop: drops },
    });
    const { type } = action as { type: string };
    expect(store.dispatch(action as never)).toBe(action);
    expect(drops).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ direction: 'out', reason, type }),
    );
    expect(JSON.stringify(drops.mock.calls)).not.toContain(SECRET);
    expect(store.bridge.counters()).toMatchObject({ sent: 0, refused: { [reason]: 1 } });
    expect(hub.messages).toEqual([]);
  });
});

describe('a part that never crosses', () => {
  it('is absent on the wire, and the local action keeps it', () => {
    const hub = createTestHub();
    const { store, crossings } = openTab(hub, { contract });
    const login = { user: 'Ada', token: SECRET, list: [SECRET, 'b'] };
    const action = crossApp({ type: 'login', payload: login });
    store.dispatch(action);
    expect(JSON.stringify(hub.messages)).not.toContain(SECRET);
    expect(hub.messages).toMatchObject([
      { action: { payload: { user: 'Ada', list: [null, 'b'] } } },
    ]);
    expect(hub.messages[0]).not.toHaveProperty('action.payload.token');
    expect(login).toEqual({ user: 'Ada', token: SECRET, list: [SECRET, 'b'] });
    expect(crossings).toEqual([{ direction: 'out', action }]);
  });

  it('is refused in a contract whose schema requires it', () => {
    const login = { never: ['/token'], payload: { type: 'object', required: ['token'] } };
    const create = () => createIsolatedStore({ name: 'app', contract: { login } });
    expect(create).toThrow(expect.objectContaining({ code: 'invalid-definition' }));
  });
});

describe('contracts', () => {
  it.each<[string, object, RegExp]>([
    ['an unknown field', { nver: ['/token'] }, /\(at \/nver\)$/],
    [
      'a pattern that takes more than linear time',
      { payload: { items: { pattern: '(a)\\1' } } },
      /\(at \/payload\/items\/pattern\)$/,
    ],
    ['a version below 1', { schemaVersion: 0 }, /\(at \/schemaVersion\)$/],
    ['a path that is no JSON Pointer', { never: ['token'] }, /\(at \/never\/0\)$/],
  ])('with %s are refused', (_what, login, message) => {
    const create = () =>
      createIsolatedStore({ name: 'app', contract: { login: login as Contract } });
    expect(create).toThrow(expect.objectContaining({ code: 'invalid-definition' }));
    expect(create).toThrow(message);
  });

  it('stay when the slice that brought them goes', () => {
    const hub = createTestHub();
    const { store, inject } = joinSharedStore({
      app: 'app',
      bridge: { transport: hub.connect() },
    });
    inject(log).dispose({ now: true });
    openStranger(hub).post(envelope());
    expect(store.bridge.counters()).toMatchObject({ accepted: 1, dropped: {} });
    store.dispatch(addEverywhere('x'));
    expect(hub.messages).toHaveLength(2);
  });
});
