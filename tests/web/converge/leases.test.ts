// @vitest-environment jsdom
import type { Action } from 'redux';
import { converging, crossApp, loadEngine, plain, type JsSlice, type Membership } from 'isthmus';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { cartSlice, joinedKinds, logout, Tabs } from './tabs.js';

const cart = cartSlice();
const listOf = (reducer: JsSlice['reducer'], version = 1) =>
  converging({ key: 'list', reducer }, { version, contract: { 'list/put': {} } });
const list = listOf((state: readonly unknown[] = [], action: Action & { payload?: unknown }) => {
  if (action.type === 'list/teardown') return [];
  return action.type === 'list/put' ? [...state, action.payload] : state;
});
const put = (payload: unknown) => ({ type: 'list/put', payload });

/** Each has a store of its own on this page. */
let tests = 0;
beforeAll(() => loadEngine());

describe.each(joinedKinds)('a converging slice of an app that has joined %s', (_, join) => {
  let tabs: Tabs;
  let host: Membership;
  const open = () => tabs.open([cart, list], { name: host.store.name });
  const shown = ({ read }: Membership['store']) => plain([read(['cart']), read(['list'])]);

  beforeEach(() => {
    tabs = new Tabs();
    const bridge = { transport: tabs.hub.connect() };
    host = join({ name: `app-${++tests}`, bridge, contract: logout });
  });
  afterEach(() => {
    host.leave();
    tabs.close();
  });

  it.each([
    ['and there are other tabs', true],
    ['and it is alone', false],
  ])('converges on when it is leased again while its end is announced, %s', (_, hasOther) => {
    const leases = [cart, list].map((slice) => [slice, host.inject(slice)] as const);
    const first = hasOther ? open() : host.store;
    tabs.hub.settle();
    host.store.dispatch(cart.actions.add(1));
    host.store.dispatch(put('before'));
    tabs.hub.settle();
    for (const [slice, lease] of leases) {
      const stop = host.store.subscribe(() => {
        stop();
        host.inject(slice);
      });
      lease.dispose({ now: true });
    }
    tabs.hub.settle();
    expect([host.store.status('cart'), host.store.status('list')]).toEqual(['ready', 'ready']);
    expect(shown(host.store)).toEqual(shown(first));

    const other = hasOther ? first : open();
    tabs.hub.settle();
    host.store.dispatch(cart.actions.add(2));
    other.dispatch(cart.actions.put('other'));
    other.dispatch(put('other'));
    host.store.dispatch(put('own'));
    tabs.hub.settle();
    expect(shown(host.store)).toEqual(shown(other));
    expect(host.store.read(['cart'])).toMatchObject({ count: 3, list: ['other'] });
    expect(host.store.read(['list'])).toEqual(expect.arrayContaining(['other', 'own']));
    host.store.dispatch(crossApp({ type: 'auth/logout', payload: null }));
    tabs.hub.settle();
    expect(other.read(['cart', 'count'])).toBe(0);
  });

  it('sees no action of before it came, whether or not that is settled', () => {
    host.inject(list); // so that there is a log
    for (const isSettled of [true, false]) {
      host.store.dispatch(crossApp({ type: 'cart/put', payload: `${isSettled}` }));
      if (isSettled) tabs.hub.settle();
    }
    host.inject(cart);
    host.store.dispatch(cart.actions.put('own'));
    const other = open();
    tabs.hub.settle();
    expect(host.store.read(['cart', 'list'])).toEqual(['own']);
    expect(shown(other)).toEqual(shown(host.store));
  });

  it.each([
    [
      'that throws when it begins',
      (state: unknown) => {
        if (state === undefined) throw new Error('no beginning');
        return state;
      },
      'no beginning',
    ],
    ['that begins with what cannot cross', (state: unknown = { at: new Date() }) => state, /Date/],
  ])('stays as it is where it is replaced by one %s', (_, reducer, message) => {
    const lease = host.inject(list);
    const other = open();
    tabs.hub.settle();
    host.store.dispatch(put('before'));
    tabs.hub.settle();
    const before = host.store.getState();
    const told = vi.fn();
    host.store.subscribe(told);
    expect(() => lease.replace(listOf(reducer as never, 2))).toThrow(message);
    tabs.hub.settle();
    expect(host.store.getState()).toBe(before);
    expect([host.store.status('list'), told.mock.calls.length]).toEqual(['ready', 0]);
    host.store.dispatch(put('own'));
    other.dispatch(put('other'));
    tabs.hub.settle();
    expect(host.store.read(['list'])).toEqual(other.read(['list']));
    expect(host.store.read(['list'])).toHaveLength(3);
    lease.replace(list);
    lease.dispose({ now: true });
    expect(host.store.read(['list'])).toBeUndefined();
  });
});
