// @vitest-environment jsdom
import { assertShared, crossApp, defineSlice } from 'isthmus';
import { payload, set } from 'isthmus/program';
import {
  assertNoLeaks,
  createTestHub,
  createTestStore,
  mockFederation,
  type MockFederation,
  type SharedTestStore,
} from 'isthmus/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadCopy } from '../fresh-page.js';
import { cart, mountBadge, mountCart } from './remote-cart.js';

// The guide's five testing points, as a user of the package tests them.

const auth = defineSlice({
  name: 'auth',
  initialState: { user: null as string | null },
  reducers: { login: [set('/user', payload())] },
  contract: { 'auth/login': { payload: { type: 'string' } } },
});
const { login } = auth.actions;

let host: SharedTestStore;
let federation: MockFederation;
beforeEach(async () => {
  host = await createTestStore({ shared: true, app: 'host', slices: [auth] });
  federation = mockFederation({
    remotes: { hostApp: { './store': () => ({ store: host.store }) } },
  });
  vi.doMock('hostApp/store', () => federation.load('hostApp/store'));
});
afterEach(() => {
  vi.doUnmock('hostApp/store');
  federation.restore();
  host.dispose();
});

describe('1. with mocked federation globals', () => {
  it("import('hostApp/store') is the test's store, and a remote injects its reducer", async () => {
    await assertNoLeaks(host.store, async () => {
      const unmount = await mountCart();
      host.store.dispatch(cart.actions.add('tea'));
      expect(host.store.getState()).toEqual({ auth: { user: null }, cart: { skus: ['tea'] } });
      unmount();
    });
  });

  it('every test has a store of its own', async () => {
    const unmount = await mountCart();
    expect(host.store.getState()).toEqual({ auth: { user: null }, cart: { skus: [] } });
    unmount();
  });
});

describe('2. the store is a singleton', () => {
  it('two remotes that import it have the same object', async () => {
    const [a, b] = [await import('hostApp/store'), await import('hostApp/store')];
    expect(a.store).toBe(b.store);
    const [unmount, count] = [await mountCart(), await mountBadge()];
    a.store.dispatch(cart.actions.add('tea'));
    expect(count()).toBe(1);
    unmount();
  });

  it('a remote that brings a copy of the package has it, too, and one without it is told', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const copy = await loadCopy();
    expect(copy.getSharedStore()).toBe(host.store);
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
    const own = await createTestStore();
    expect(() => assertShared(own.store)).toThrow(/is not a shared store of this page/);
    own.dispose();
  });
});

describe('3. the round trip over the bridge', () => {
  it('a marked action crosses into a second store, and an unmarked one does not', async () => {
    const other = await createTestStore({ slices: [auth], hub: host.hub });
    host.store.dispatch(crossApp(login('Ada')));
    expect(other.store.read(['auth', 'user'])).toBeNull(); // delivery is a step of the test
    expect(host.hub.messages).toMatchObject([{ action: { type: 'auth/login', payload: 'Ada' } }]);
    host.hub.flush();
    expect(other.store.getState()).toEqual(host.store.getState());

    host.store.dispatch(login('Grace'));
    expect([host.hub.flush(), host.hub.messages.length]).toEqual([0, 1]);
    expect(other.store.read(['auth', 'user'])).toBe('Ada');
    other.dispose();
  });

  it('with the messages late and out of order, all of them arrive', async () => {
    const tags = defineSlice({
      name: 'tags',
      initialState: {} as Record<string, boolean>,
      reducers: { add: [set([payload()], true)] },
      contract: { 'tags/add': { payload: { type: 'string' } } },
    });
    const random = { seed: 7, delay: 100, reordering: 0.5, duplication: 0.5 };
    const a = await createTestStore({ slices: [tags], hub: createTestHub({ random }) });
    const b = await createTestStore({ slices: [tags], hub: a.hub });
    for (const tag of 'abcdefgh') a.store.dispatch(crossApp(tags.actions.add(tag)));
    a.hub.advance(100);
    expect(b.store.getState()).toEqual(a.store.getState());
    expect(b.drops.map(({ reason }) => reason)).toContain('duplicate');
    expect(b.actions).toHaveLength(8);
    a.dispose();
    b.dispose();
  });
});

describe('4. the echo guard', () => {
  it('a bridged action is not broadcast again, not in three tabs either', async () => {
    const { hub } = host;
    const others = [
      await createTestStore({ slices: [auth], hub }),
      await createTestStore({ slices: [auth], hub }),
    ];
    host.store.dispatch(crossApp(login('Ada')));
    expect([hub.flush(), hub.messages.length]).toEqual([2, 1]);
    const [again] = hub.messages;
    hub.connect()('isthmus').post(again); // replayed by hand
    hub.flush();
    expect(hub.messages).toHaveLength(2);
    expect(host.actions.filter(({ type }) => type === 'auth/login')).toHaveLength(1);
    for (const { actions, dispose } of others) {
      expect(actions).toHaveLength(1);
      dispose();
    }
  });
});

describe('5. the validation', () => {
  it.each([
    ['text', 'login please', 'protocol'],
    ['an action without an envelope', login('Mallory'), 'protocol'],
    ['a type that no contract lists', crossApp({ type: 'auth/grant', payload: 'root' }), 'type'],
    ['a payload that the schema refuses', crossApp(login({ admin: true } as never)), 'schema'],
  ])('keeps from the reducers %s', (_what, message, reason) => {
    const sent = { isthmus: 1, sender: 'x', from: 'shared', seq: 1, clock: 0, schemaVersion: 1 };
    const isWhole = reason !== 'protocol';
    const before = host.store.getState();
    const stranger = host.hub.connect()('isthmus');
    stranger.post(isWhole ? { ...sent, action: message } : message);
    host.hub.flush();
    expect(host.actions).toEqual([]);
    expect(host.store.getState()).toBe(before);
    expect(host.drops).toMatchObject([{ direction: 'in', reason }]);
    stranger.close();
  });
});
