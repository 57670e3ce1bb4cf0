import { loadEngine, plain } from 'isthmus';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { kinds, Tabs } from './tabs.js';

beforeAll(() => loadEngine());

describe.each(kinds)('tabs with a converging slice of %s', (_, make, cartSlice) => {
  let tabs: Tabs;
  beforeEach(() => void (tabs = new Tabs(make)));
  afterEach(() => tabs.close());
  const cart = cartSlice();
  const stateOf = (store: { read(path: string[]): unknown }) => plain(store.read(['cart']));

  it('show the same after they have acted at once', () => {
    const [a, b] = tabs.pair(() => [cart]);
    for (let round = 0; round < 20; round++) {
      a.dispatch(cart.actions.add(1));
      b.dispatch(cart.actions.add(2));
      a.dispatch(cart.actions.put(`a${round}`));
      b.dispatch(cart.actions.put(`b${round}`));
    }
    tabs.hub.settle();
    expect(stateOf(a)).toEqual(stateOf(b));
    expect(stateOf(a)).toMatchObject({ count: 60 });
    expect(a.read(['cart', 'list'])).toHaveLength(40);
  });

  it('show an own action at once, before anybody has heard of it', () => {
    const [a, b] = tabs.pair(() => [cart]);
    a.dispatch(cart.actions.add(3));
    expect(a.read(['cart', 'count'])).toBe(3);
    expect(b.read(['cart', 'count'])).toBe(0);
    expect(a.bridge.log.entries()[0]).toMatchObject({ type: 'cart/add', state: 'tentative' });
    tabs.hub.settle();
    expect(b.read(['cart', 'count'])).toBe(3);
    expect(a.bridge.log.entries()[0]).not.toMatchObject({ state: 'tentative' });
  });

  it('give their state to one that is opened later, before it is ready', () => {
    const [a] = tabs.pair(() => [cart]);
    for (let i = 0; i < 5; i++) a.dispatch(cart.actions.put(`early ${i}`));
    tabs.hub.settle();
    const late = tabs.open([cart]);
    const seen: unknown[] = [];
    late.onStatus(() => {
      if (late.status('cart') === 'ready') seen.push(stateOf(late));
    });
    expect(late.status('cart')).toBe('loading');
    tabs.hub.settle();
    expect(late.status('cart')).toBe('ready');
    expect(seen[0]).toEqual(stateOf(a));
  });

  it('give it as a snapshot where more has happened than they keep', () => {
    const [a, b] = tabs.pair(() => [cart]);
    for (let i = 0; i < 400; i++) {
      (i % 2 ? a : b).dispatch(cart.actions.add(1));
      if (i % 20 === 0) tabs.hub.settle();
    }
    tabs.hub.settle();
    expect(a.inspect().log!.base).toBeGreaterThan(0);
    const late = tabs.open([cart]);
    tabs.hub.settle();
    expect(stateOf(late)).toEqual(stateOf(a));
    expect(late.read(['cart', 'count'])).toBe(400);
  });

  it('agree after one was off, and both have acted meanwhile', () => {
    const [a, b] = tabs.pair(() => [cart]);
    a.bridge.setEnabled(false);
    a.dispatch(cart.actions.put('off'));
    b.dispatch(cart.actions.put('on'));
    tabs.hub.settle();
    expect(a.read(['cart', 'list'])).toEqual(['off']);
    expect(b.read(['cart', 'list'])).toEqual(['on']);
    a.bridge.setEnabled(true);
    tabs.hub.settle();
    expect(stateOf(a)).toEqual(stateOf(b));
    expect([...(a.read(['cart', 'list']) as string[])].sort()).toEqual(['off', 'on']);
  });

  it('agree though messages are lost, repeated and reordered', () => {
    const random = { loss: 0.2, duplication: 0.2, reordering: 0.3, seed: 11 };
    tabs = new Tabs(make, { random });
    const stores = [1, 2, 3].map(() => tabs.open([cart]));
    tabs.hub.settle();
    for (let i = 0; i < 60; i++) stores[i % 3]!.dispatch(cart.actions.put(`${i}`));
    tabs.hub.settle();
    const [first, ...others] = stores.map(stateOf);
    for (const other of others) expect(other).toEqual(first);
    expect(new Set(stores[0]!.read(['cart', 'list']) as string[]).size).toBe(60);
  });

  it('resolve `settled` once what was dispatched has its place', async () => {
    const [a] = tabs.pair(() => [cart]);
    a.dispatch(cart.actions.add(1));
    let isSettled = false;
    const settled = a.bridge.log.settled().then(() => void (isSettled = true));
    await Promise.resolve();
    expect(isSettled).toBe(false);
    tabs.hub.settle();
    await settled;
    expect(a.inspect().log).toMatchObject({ tentative: 0, joining: false });
  });

  it('forget in all of them what one is told to forget', () => {
    const stores = [tabs.open([cart]), tabs.open([cart]), tabs.open([cart])];
    tabs.hub.settle();
    for (const store of stores) store.dispatch(cart.actions.put('secret'));
    stores[2]!.dispatch(cart.actions.add(1));
    tabs.hub.advance(20);
    expect(stores[0]!.inspect().log!.tentative).toBeGreaterThan(3);
    stores[0]!.bridge.log.forget();
    tabs.hub.advance(1000);
    for (const store of stores) {
      expect(store.bridge.log.entries()).toEqual([]);
      expect(store.read(['cart', 'list'])).toHaveLength(3);
    }
    expect(tabs.hub.advance(60_000)).toBe(0);
    stores[1]!.dispatch(cart.actions.add(1));
    tabs.hub.settle();
    for (const store of stores) expect(store.read(['cart', 'count'])).toBe(2);
  });

  it('tell how they agree', () => {
    const [a, b] = tabs.pair(() => [cart]);
    a.dispatch(cart.actions.add(1));
    tabs.hub.settle();
    const log = a.inspect().log!;
    expect(log.head).toBe(b.inspect().log!.head);
    expect(log.peers.map(({ id }) => id)).toEqual([b.inspect().log!.id]);
    expect(log.slices).toMatchObject([{ key: 'cart', status: 'shared' }]);
    expect(log.slices[0]!.lineage).toBe(b.inspect().log!.slices[0]!.lineage);
  });
});
