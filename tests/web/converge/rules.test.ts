import type { Action, Middleware } from 'redux';
import {
  converging,
  crossApp,
  defineSlice,
  IsthmusError,
  loadEngine,
  plain,
  ReducerError,
} from 'isthmus';
import { inc, payload, set } from 'isthmus/program';
import { createTestHub } from 'isthmus/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { cartSlice, storeKinds, Tabs, themeSlice } from './tabs.js';

const listSlice = (version = 1) =>
  converging(
    {
      key: 'list',
      reducer: (list: readonly string[] = [], action: Action & { payload?: string }) => {
        if (action.type === 'auth/logout') return [];
        if (action.type !== 'list/put') return list;
        if (action.payload === 'bad') throw new Error('not this one');
        return [...list, action.payload!];
      },
    },
    { version, contract: { 'list/put': { payload: { type: 'string' } } } },
  );
const put = (text: string) => ({ type: 'list/put', payload: text });

beforeAll(() => loadEngine());

describe.each(storeKinds)('a converging slice of %s', (_kind, make) => {
  let tabs: Tabs;
  beforeEach(() => void (tabs = new Tabs(make)));
  afterEach(() => tabs.close());
  const cart = cartSlice();

  it.each([
    ['native', () => cart],
    ['JS', () => listSlice()],
  ])('refuses an action that does not cross and would change it (%s)', (_, slice) => {
    const [a] = tabs.pair(() => [slice()]);
    a.dispatch(cart.actions.add(1));
    if (slice() !== cart) a.dispatch(put('x'));
    const before = a.getState();
    const refused = () => a.dispatch({ type: 'auth/logout' });
    if (slice() === cart) {
      expect(refused).toThrow(IsthmusError);
      expect(refused).toThrow(/'auth\/logout'.*'cart'.*crossApp\(\)/);
    } else {
      expect(refused).toThrow(/'auth\/logout'.*'list'.*crossApp\(\)/);
    }
    expect(a.getState()).toBe(before);
  });

  it('takes the same action when it crosses', () => {
    const [a, b] = tabs.pair(() => [cart, listSlice()]);
    a.dispatch(cart.actions.add(1));
    b.dispatch(put('x'));
    tabs.hub.settle();
    a.dispatch(crossApp({ type: 'auth/logout', payload: null }));
    tabs.hub.settle();
    for (const store of [a, b]) {
      expect(store.read(['cart', 'count'])).toBe(0);
      expect(store.read(['list'])).toEqual([]);
    }
  });

  it('is given the same action in every tab, whatever else and in what order it was dispatched', () => {
    const seen = () =>
      converging(
        {
          key: 'seen',
          reducer: (all: readonly string[] = [], action: Action) =>
            action.type === 'seen/add' ? [...all, JSON.stringify(action)] : all,
        },
        { version: 1, contract: { 'seen/add': { payload: { type: ['string', 'null'] } } } },
      );
    const [a, b] = tabs.pair(() => [seen()]);
    const type = 'seen/add';
    const actions = [
      { type, payload: 'plain' },
      { payload: 'first', type },
      { type, error: true, payload: 'more' },
      { meta: { step: 1 }, type, payload: 'noted' },
      { type, payload: null },
      { type },
    ];
    for (const action of actions) a.dispatch(action);
    const shown = a.read(['seen']) as string[];
    tabs.hub.settle();
    expect(shown).toHaveLength(actions.length);
    expect(b.read(['seen'])).toEqual(shown);
    expect(shown[0]).toBe(`{"type":"${type}","payload":"plain","meta":{"crossApp":true}}`);
    expect(shown[2]).toBe(`{"type":"${type}","payload":"more","meta":{"crossApp":true}}`);
  });

  it('passes over an action that would not change it, marked or not', () => {
    const [a] = tabs.pair(() => [cart]);
    expect(() => a.dispatch({ type: 'auth/logout' })).not.toThrow();
    expect(() => a.dispatch({ type: 'somebody/else' })).not.toThrow();
  });

  it('refuses what breaks its contract, and says why', () => {
    const [a] = tabs.pair(() => [cart]);
    const before = a.getState();
    const tooLong = () => a.dispatch(cart.actions.put('x'.repeat(41)));
    expect(tooLong).toThrow(/'cart\/put'.*'cart'.*cannot cross/s);
    expect(a.getState()).toBe(before);
    expect(a.bridge.log.entries().map(({ type }) => type)).not.toContain('cart/put');
  });

  it('is not defined without a contract for each of its own actions', () => {
    const definition = {
      name: 'open',
      converge: true,
      initialState: 0,
      reducers: { add: [inc('', 1)] },
    } as const;
    expect(() => defineSlice(definition)).toThrow(/'open\/add'.*contract/);
    const reducer = (count = 0) => count;
    const actions = { add: Object.assign(() => ({ type: 'open/add' }), { type: 'open/add' }) };
    expect(() =>
      converging({ key: 'open', reducer, actions }, { version: 1, contract: {} }),
    ).toThrow(/'open\/add'.*contract/);
  });

  it('is not defined with steps that read what never leaves', () => {
    const visits = (read: string, never: string, on = false) => {
      const steps = { note: [set('/last', payload(read))] };
      return defineSlice({
        name: 'visits',
        converge: true,
        initialState: { last: null as unknown },
        reducers: on ? {} : steps,
        ...(on && { on: { 'auth/login': steps.note } }),
        contract: {
          [on ? 'auth/login' : 'visits/note']: { payload: { type: 'object' }, never: [never] },
        },
      } as never);
    };
    const refused = /'visits\/note' read 'payload\.card\.cvc'.*never leaves.*does not converge/;
    expect(() => visits('card.cvc', '/card/cvc')).toThrow(refused);
    expect(() => visits('card.cvc', '/card')).toThrow(refused);
    expect(() => visits('cards.0.cvc', '/cards/*/cvc')).toThrow(/never leaves/);
    expect(() => visits('token', '/token', true)).toThrow(/'auth\/login' read/);
    for (const [read, never] of [
      ['card', '/card/cvc'],
      ['', '/card'],
      ['cards.0', '/cards/*/cvc'],
      ['cardholder', '/card'],
    ] as const) {
      expect(() => visits(read, never)).not.toThrow();
    }
  });

  it('sees the action as it crosses, in its own tab too', () => {
    const visits = defineSlice({
      name: 'visits',
      converge: true,
      initialState: { last: null as unknown },
      reducers: { note: [set('/last', payload())] },
      contract: {
        'visits/note': { payload: { type: 'object' }, never: ['/secret'] },
      },
    });
    const [a, b] = tabs.pair(() => [visits]);
    a.dispatch(visits.actions.note({ page: '/', secret: 'only here' }));
    tabs.hub.settle();
    expect(plain(a.read(['visits', 'last']))).toEqual({ page: '/' });
    expect(plain(b.read(['visits', 'last']))).toEqual({ page: '/' });
  });

  it('begins with its preloaded state, and then takes no snapshot', () => {
    const seed = { count: 7, list: [], owner: { name: 'x' } };
    const a = tabs.open([cart], { preloadedState: { cart: seed } });
    tabs.hub.settle();
    expect(a.read(['cart', 'count'])).toBe(7);
    const late = tabs.open([cart]);
    tabs.hub.settle();
    expect(late.read(['cart', 'count'])).toBe(7);
    expect(() => late.hydrate('cart', seed)).toThrow(/converges/);
  });

  it('goes without a word to the other tabs', async () => {
    const [a, b] = tabs.pair(() => [cart]);
    a.dispatch(cart.actions.add(2));
    tabs.hub.settle();
    a.dispose();
    tabs.hub.settle();
    expect(b.read(['cart', 'count'])).toBe(2);
  });

  it('takes an own action back that one of its reducers throws at', () => {
    const [a, b] = tabs.pair(() => [listSlice(), cart]);
    b.dispatch(cart.actions.add(1));
    expect(() => a.dispatch(put('bad'))).toThrow('not this one');
    tabs.hub.flush();
    expect(a.bridge.counters()).toMatchObject({ sent: 0, accepted: 1 });
    expect(a.read(['list'])).toEqual([]);
    a.dispatch(put('good'));
    tabs.hub.settle();
    expect(a.bridge.counters().sent).toBe(1);
    expect(a.read(['list'])).toEqual(['good']);
    expect(b.read(['list'])).toEqual(['good']);
  });

  it('leaves all as it was where a slice that does not converge refuses an own action', () => {
    const picky = {
      key: 'picky',
      reducer: (count: number = 0, { type }: Action) => {
        if (type === 'cart/put') throw new Error('not with me');
        return type === 'cart/add' ? count + 1 : count;
      },
    };
    const [a, b] = tabs.pair(() => [picky, listSlice(), cart]);
    a.dispatch(cart.actions.add(1));
    tabs.hub.settle();
    const before = a.getState();
    const told = vi.fn();
    a.subscribe(told);
    expect(() => a.dispatch(cart.actions.put('x'))).toThrow('not with me');
    tabs.hub.settle();
    expect(a.getState()).toBe(before);
    expect(told).not.toHaveBeenCalled();
    expect(a.bridge.counters()).toMatchObject({ sent: 1, refused: {} });
    a.dispatch(cart.actions.add(2));
    tabs.hub.settle();
    const ids = b.bridge.log.entries().flatMap(({ id, type }) => (type === 'cart/add' ? [id] : []));
    expect(ids.map((id) => Number(id.split(':')[1])).sort()).toEqual([1, 2]);
    expect(plain(a.read(['cart']))).toEqual(plain(b.read(['cart'])));
    expect(a.read(['picky'])).toBe(2);
  });

  it('refuses an own action at a step that cannot apply, and takes it back', () => {
    const stock = defineSlice({
      name: 'stock',
      converge: true,
      initialState: { left: 1 as number | null },
      reducers: { take: [inc('/left', payload())], empty: [set('/left', null)] },
      contract: {
        'stock/take': { payload: { type: 'number' } },
        'stock/empty': {},
      },
    });
    const [a, b] = tabs.pair(() => [stock]);
    a.dispatch(stock.actions.empty());
    expect(() => a.dispatch(stock.actions.take(1))).toThrow(ReducerError);
    tabs.hub.settle();
    expect(plain(a.getState())).toEqual(plain(b.getState()));
    expect(a.bridge.log.entries().filter(({ type }) => type === 'stock/take')).toEqual([]);
  });

  it('does without the log where there is no channel', () => {
    const store = make({ name: 'alone', slices: [cart] });
    store.dispatch(cart.actions.add(1));
    expect(store.read(['cart', 'count'])).toBe(1);
    expect(store.status('cart')).toBe('ready');
    expect(store.inspect().log).toBeUndefined();
    store.dispose();
  });

  it('takes an action whose clock is far ahead, which only orders it, and counts it as accepted', () => {
    const hub = createTestHub();
    const posts = hub.connect('raw')('isthmus');
    const store = make({
      name: 'app',
      slices: [cart],
      bridge: { transport: hub.connect('tab') },
    });
    hub.settle();
    const action = { type: 'cart/add', payload: 1, meta: { crossApp: true } };
    const clock = Date.now() + 120_000;
    posts.post({ isthmus: 1, sender: 'ahead', from: 'app', seq: 1, clock, action });
    hub.flush();
    expect(store.read(['cart', 'count'])).toBe(1);
    expect(store.bridge.counters()).toMatchObject({ accepted: 1, dropped: {} });
    store.dispose();
  });

  it('is of no use to tabs with another version of it, and each version agrees with itself', () => {
    const [a1, b1] = tabs.pair(() => [listSlice(1)]);
    const [a2, b2] = tabs.pair(() => [listSlice(2)]);
    a1.dispatch(put('one'));
    b2.dispatch(put('two'));
    tabs.hub.settle();
    expect(a1.read(['list'])).toEqual(b1.read(['list']));
    expect(a2.read(['list'])).toEqual(b2.read(['list']));
    expect(new Set(a1.inspect().log!.slices.map(({ name }) => name))).not.toEqual(
      new Set(a2.inspect().log!.slices.map(({ name }) => name)),
    );
  });
});

describe.each(storeKinds)('an action among those that were shown in %s', (_kind, make) => {
  let tabs: Tabs;
  beforeEach(() => void (tabs = new Tabs(make)));
  afterEach(() => tabs.close());
  const cart = cartSlice();

  it('is told once, and only to those whose value is another one', () => {
    const [a, b] = tabs.pair(() => [cart, themeSlice()]);
    const told = { list: vi.fn(), owner: vi.fn(), all: vi.fn() };
    b.dispatch(cart.actions.put('b'));
    a.dispatch(cart.actions.put('a1'));
    a.dispatch(cart.actions.put('a2'));
    b.watch(['cart', 'list'], told.list);
    b.watch(['cart', 'owner'], told.owner);
    b.subscribe(told.all);
    const owner = b.read(['cart', 'owner']);
    tabs.hub.flush();
    expect(told.list.mock.calls.length).toBe(2);
    expect(told.owner).not.toHaveBeenCalled();
    expect(b.read(['cart', 'owner'])).toBe(owner);
    expect(told.all.mock.calls.length).toBe(2);
  });

  it('passes each middleware once, in every tab', () => {
    const seen: string[][] = [[], []];
    const note =
      (tab: number): Middleware =>
      () =>
      (next) =>
      (action) => {
        const { type } = action as Action;
        if (type.startsWith('cart/')) seen[tab]!.push(type);
        return next(action);
      };
    const a = tabs.open([cart], { middleware: [note(0)] });
    const b = tabs.open([cart], { middleware: [note(1)] });
    tabs.hub.settle();
    a.dispatch(cart.actions.put('a'));
    b.dispatch(cart.actions.put('b'));
    a.dispatch(cart.actions.add(1));
    tabs.hub.settle();
    for (const each of seen) expect(each.sort()).toEqual(['cart/add', 'cart/put', 'cart/put']);
    expect(plain(a.getState())).toEqual(plain(b.getState()));
  });

  it('is applied though a middleware keeps it to itself', () => {
    const swallow: Middleware = () => (next) => (action) =>
      (action as Action).type === 'cart/put' ? action : next(action);
    const a = tabs.open([cart]);
    const b = tabs.open([cart], { middleware: [swallow] });
    tabs.hub.settle();
    a.dispatch(cart.actions.put('a'));
    tabs.hub.settle();
    expect(b.read(['cart', 'list'])).toEqual(['a']);
  });

  it('has its place as a test dispatches it, in whichever tab, within one millisecond', () => {
    const [a, b] = tabs.pair(() => [cart]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const items = Array.from({ length: 24 }, (_, number) => `item ${number}`);
    items.forEach((item, number) => (number % 3 ? a : b).dispatch(cart.actions.put(item)));
    vi.useRealTimers();
    tabs.hub.settle();
    for (const tab of [a, b]) expect(tab.read(['cart', 'list'])).toEqual(items);
  });

  it('tells onRebase which slices have another state', () => {
    const [a, b] = tabs.pair(() => [cart]);
    const rebases: unknown[] = [];
    b.bridge.log.onRebase((rebase) => rebases.push(rebase));
    a.dispatch(cart.actions.put('first'));
    b.dispatch(cart.actions.put('second'));
    tabs.hub.settle();
    expect(rebases[0]).toMatchObject({ slices: ['cart'], cause: 'order' });
  });

  it('is applied once though the log has brought it before the channel does', () => {
    const deliver = ({ number }: { number: number }) => [{ delay: number === 0 ? 60_000 : 0 }];
    tabs = new Tabs(make, { deliver });
    const [a, b] = tabs.pair(() => [cart, listSlice()]);
    a.dispatch(put('late'));
    tabs.hub.advance(5000);
    expect(b.read(['list'])).toEqual(['late']);
    tabs.hub.settle();
    expect(tabs.hub.waiting).toEqual([]);
    expect(b.read(['list'])).toEqual(['late']);
    b.dispatch(put('next'));
    tabs.hub.settle();
    for (const store of [a, b]) expect(store.read(['list'])).toEqual(['late', 'next']);
  });

  it('is no fault where the slices that do not converge refuse it', () => {
    const picky = {
      key: 'picky',
      reducer: (count: number = 0, action: Action) => {
        if (action.type === 'cart/put') throw new Error('never');
        return count;
      },
    };
    const a = tabs.open([cart]);
    const b = tabs.open([cart, picky]);
    tabs.hub.settle();
    a.dispatch(cart.actions.put('a'));
    tabs.hub.settle();
    expect(b.read(['cart', 'list'])).toEqual(['a']);
    expect(b.bridge.counters().dropped).toMatchObject({ reducer: 1 });
  });
});
