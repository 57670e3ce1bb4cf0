// @vitest-environment jsdom
import { crossApp, defineSlice, joinSharedStore } from 'isthmus';
import { payload, push, set } from 'isthmus/program';
import { createTestHub, createTestStore, type TestHub } from 'isthmus/testing';
import type { Action, UnknownAction } from 'redux';
import { describe, expect, it } from 'vitest';
import { openHandWritten } from '../bridge/hand-written-bridge.js';
import { createHandWrittenStore } from './hand-written-store.js';

// Rows of the guide's table of pitfalls: first by hand, then with Isthmus.

describe('pitfall: unrelated slices mutate on a dispatch', () => {
  interface Login extends Action {
    payload?: string;
  }

  it('by hand, two teams that have chosen the same type change both slices', () => {
    const store = createHandWrittenStore();
    store.add('profile', (name = '', { type, payload }: Login) =>
      type === 'user/login' ? payload : name,
    );
    store.add('checkout', (buyer = 'guest', { type }: Login) =>
      type === 'user/login' ? 'member' : buyer,
    );
    store.dispatch<UnknownAction>({ type: 'user/login', payload: 'Ada' });
    expect(store.getState()).toEqual({ profile: 'Ada', checkout: 'member' });
  });

  const slice = (name: string) =>
    defineSlice({
      ...{ name, initialState: 'guest' },
      reducers: { login: [set('', payload())] },
      contract: { [`${name}/login`]: {} },
    });

  it('with Isthmus, a type begins with its slice, and the second owner of one is refused', async () => {
    const { store, dispose } = await createTestStore({ shared: true, app: 'host' });
    const [profile, checkout] = [slice('profile'), slice('checkout')];
    joinSharedStore({ app: 'profile', slices: [profile] });
    joinSharedStore({ app: 'checkout', slices: [checkout] });
    store.dispatch(profile.actions.login('Ada'));
    expect(store.getState()).toEqual({ profile: 'Ada', checkout: 'guest' });
    expect(() => joinSharedStore({ app: 'search', slices: [slice('profile')] })).toThrow(
      /the slice 'profile' belongs to 'profile'; 'search' cannot inject another one/,
    );
    dispose();
  });

  it("with Isthmus, another tab's type that nobody has listed stays outside", async () => {
    const a = await createTestStore({ contract: { 'user/login': {} } });
    const b = await createTestStore({ slices: [slice('user'), slice('profile')], hub: a.hub });
    const c = await createTestStore({ slices: [slice('profile')], hub: a.hub });
    a.store.dispatch(crossApp({ type: 'user/login', payload: 'Ada' }));
    a.hub.flush();
    expect(b.store.getState()).toEqual({ user: 'Ada', profile: 'guest' });
    expect(c.store.getState()).toEqual({ profile: 'guest' });
    expect(c.drops).toMatchObject([{ reason: 'type', type: 'user/login' }]);
    for (const { dispose } of [a, b, c]) dispose();
  });
});

describe('pitfall: infinite re-broadcast loop', () => {
  const STEPS = 300;

  /** Whether messages still wait after so many deliveries of what one dispatch has set off. */
  function goesOn(hub: TestHub): boolean {
    for (let step = 0; step < STEPS; step += 1) if (!hub.step()) return false;
    return true;
  }

  it('by hand, one action comes back for ever when its receivers do not tag it', () => {
    const hub = createTestHub();
    const open = () => openHandWritten(hub.connect()('redux-bridge'), { marks: false });
    const tabs = [open(), open(), open()];
    tabs[0]!.store.dispatch({ type: 'log/add', payload: 'x', meta: { crossApp: true } } as Action);
    expect(goesOn(hub)).toBe(true);
    expect(hub.pending).toBeGreaterThan(STEPS / 2); // and there are more and more of them
    for (const { seen } of tabs) expect(seen.length).toBeGreaterThan(STEPS / 4);
  });

  it('with Isthmus, it is applied once in each tab, and nobody has to tag anything', async () => {
    const log = defineSlice({
      ...{ name: 'log', initialState: [] as string[] },
      reducers: { add: [push('', payload())] },
      contract: { 'log/add': {} },
    });
    const hub = createTestHub();
    const tabs = [
      await createTestStore({ slices: [log], hub }),
      await createTestStore({ slices: [log], hub }),
      await createTestStore({ slices: [log], hub }),
    ];
    tabs[0]!.store.dispatch(crossApp(log.actions.add('x')));
    expect(goesOn(hub)).toBe(false);
    expect(hub.messages).toHaveLength(1);
    for (const { store, dispose } of tabs) {
      expect(store.read(['log'])).toEqual(['x']);
      dispose();
    }
  });
});
