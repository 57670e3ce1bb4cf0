import type { Action } from 'redux';
import {
  converging,
  createIsolatedStore,
  defineSlice,
  loadEngine,
  plain,
  type OtherRelease,
  type Slice,
} from 'isthmus';
import { inc, payload, push } from 'isthmus/program';
import { memoryAdapter, persistLog } from 'isthmus/storage';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { cartSlice, storeKinds, Tabs } from './tabs.js';

beforeAll(() => loadEngine());

interface Cart {
  count: number;
  list: string[];
}

/** The next release: the list is called `items`, and counts what is put. */
const nativeNext = (upcast?: (state: unknown) => NextCart | undefined) =>
  defineSlice({
    name: 'cart',
    converge: upcast === undefined ? true : { upcast },
    initialState: { puts: 0, items: [] as string[] },
    reducers: { put: [push('/items', payload()), inc('/puts', 1)] },
    contract: { 'cart/put': { payload: { type: 'string' } } },
  });
interface NextCart {
  puts: number;
  items: string[];
}

const jsNext = (upcast?: (state: unknown) => NextCart | undefined) =>
  converging(
    {
      key: 'cart',
      reducer: (
        state: NextCart = { puts: 0, items: [] },
        { type, payload: item }: Action & { payload?: string },
      ) =>
        type === 'cart/put'
          ? { puts: state.puts + 1, items: [...state.items, String(item)] }
          : state,
    },
    {
      version: 2,
      contract: { 'cart/put': { payload: { type: 'string' } } },
      ...(upcast && { upcast }),
    },
  );

const fromFirst = (state: unknown): NextCart | undefined => {
  const { list } = state as Partial<Cart>;
  return list && { puts: list.length, items: list };
};

const kinds = storeKinds.flatMap(([name, make]) => [
  { slice: 'native', next: nativeNext, name, make },
  { slice: 'JS', next: jsNext, name, make },
]);

describe.each(kinds)('the next release of a slice ($slice) in $name', ({ next, make }) => {
  let tabs: Tabs;
  beforeEach(() => void (tabs = new Tabs(make)));
  afterEach(() => tabs.close());
  const first = cartSlice();
  const put = first.actions.put;
  const stateOf = (store: { read(path: string[]): unknown }) => plain(store.read(['cart']));
  const twoWith = (...texts: string[]) => {
    const [a, b] = tabs.pair(() => [first]);
    texts.forEach((text, i) => (i % 2 ? a : b).dispatch(put(text)));
    tabs.hub.settle();
    return [a, b] as const;
  };

  it('begins with what the other one has, carried by its upcast', () => {
    const [a] = twoWith('x', 'y');
    const c = tabs.open([next(fromFirst)]);
    tabs.hub.settle();
    expect(stateOf(c)).toEqual({ puts: 2, items: (stateOf(a) as Cart).list });
    const d = tabs.open([next(() => ({ puts: 99, items: ['its own upcast is not asked'] }))]);
    tabs.hub.settle();
    expect(stateOf(d)).toEqual(stateOf(c));
  });

  it('goes on beside it, each with its own reducers', () => {
    const [a, b] = twoWith('x');
    const [c, d] = [tabs.open([next(fromFirst)]), tabs.open([next(fromFirst)])];
    tabs.hub.settle();
    a.dispatch(put('from the first'));
    c.dispatch({ type: 'cart/put', payload: 'from the next' });
    tabs.hub.settle();
    expect(stateOf(a)).toEqual(stateOf(b));
    expect(stateOf(c)).toEqual(stateOf(d));
    expect((stateOf(c) as NextCart).items).toEqual((stateOf(a) as Cart).list);
    expect(stateOf(c)).toMatchObject({ puts: 3 });
  });

  it('does not miss what is dispatched while it joins', () => {
    const [a] = twoWith('x');
    const c = tabs.open([next(fromFirst)]);
    for (let i = 0; i < 30; i++) {
      a.dispatch(put(`${i}`));
      tabs.hub.advance(7);
    }
    tabs.hub.settle();
    expect((stateOf(c) as NextCart).items).toEqual((stateOf(a) as Cart).list);
  });

  it('begins with its own state where it has no upcast, where that has none, or throws', () => {
    twoWith('x');
    const upcasts = [
      undefined,
      () => undefined,
      () => {
        throw new Error('no');
      },
    ];
    for (const upcast of upcasts) {
      const own = new Tabs(make);
      const [a] = own.pair(() => [first]);
      a.dispatch(put('x'));
      own.hub.settle();
      const c = own.open([next(upcast)]);
      own.hub.settle();
      expect(stateOf(c)).toEqual({ puts: 0, items: [] });
      c.dispatch({ type: 'cart/put', payload: 'y' });
      own.hub.settle();
      expect(stateOf(c)).toEqual({ puts: 1, items: ['y'] });
      expect(c.inspect().log!.slices).toMatchObject([{ status: 'shared' }]);
      own.close();
    }
  });

  it('goes on with a record that the other one has stored', async () => {
    const snapshots = new Map<string, unknown>();
    const storage = memoryAdapter(snapshots);
    const [a] = twoWith('x', 'y', 'z');
    const kept = persistLog({ store: a, storage });
    await kept.hydrated;
    tabs.hub.settle();
    expect(await kept.flush()).toBe(true);
    await kept.stop();
    const { list } = stateOf(a) as Cart;
    tabs.close();

    tabs = new Tabs(make);
    // Without locks, as with those of a page, a log does not know at once that it is alone.
    const bridge = { transport: tabs.hub.connect(), log: { locks: false } };
    const c = tabs.open([next(fromFirst)], { bridge });
    const goesOn = persistLog({ store: c, storage });
    await goesOn.hydrated;
    tabs.hub.settle();
    expect(stateOf(c)).toEqual({ puts: 3, items: list });
    c.dispatch({ type: 'cart/put', payload: 'w' });
    tabs.hub.settle();
    expect(stateOf(c)).toEqual({ puts: 4, items: [...list, 'w'] });
    await goesOn.stop();
  });

  it('is told on both sides, once', () => {
    const [a] = tabs.pair(() => [first]);
    const heard: OtherRelease[] = [];
    a.bridge.log.onOtherRelease((other) => heard.push(other));
    const c = tabs.open([next(fromFirst)]);
    const heardByNext: OtherRelease[] = [];
    c.bridge.log.onOtherRelease((other) => heardByNext.push(other));
    tabs.hub.settle();
    a.dispatch(put('x'));
    tabs.hub.settle();
    const [ours, theirs] = [first, next(fromFirst)].map((slice) => slice.converge!.fingerprint);
    const peer = c.inspect().log!.id;
    expect(heard).toEqual([{ slice: 'cart', peer, fingerprint: ours, theirs }]);
    const [seen] = a.inspect().log!.slices;
    expect(seen!.otherReleases).toEqual([`cart@${theirs}`]);
    expect(heardByNext).toMatchObject([{ slice: 'cart', fingerprint: theirs, theirs: ours }]);
  });
});

it('of a slice whose key begins that of another, it is told what is its own', () => {
  const of = (name: string, count: number) =>
    defineSlice({
      name,
      converge: true,
      initialState: { count },
      reducers: { add: [inc('/count', 1)] },
      contract: { [`${name}/add`]: { payload: { type: 'null' } } },
    });
  const tabs = new Tabs();
  const [longer, ours, theirs] = [of('cart@home', 0), of('cart', 0), of('cart', 1)];
  const a = tabs.open([longer, ours]);
  const heard: OtherRelease[] = [];
  a.bridge.log.onOtherRelease((other) => heard.push(other));
  tabs.open([longer, theirs]);
  tabs.hub.settle();
  const [fingerprint, other] = [ours, theirs].map((slice) => slice.converge!.fingerprint);
  expect(heard).toMatchObject([{ slice: 'cart', fingerprint, theirs: other }]);
  tabs.close();
});

it('a slice of the same release tells of no other', () => {
  const tabs = new Tabs();
  const slice: Slice = cartSlice();
  const heard: OtherRelease[] = [];
  const [a] = tabs.pair(() => [slice]);
  a.bridge.log.onOtherRelease((other) => heard.push(other));
  tabs.open([cartSlice()]);
  tabs.hub.settle();
  expect(heard).toEqual([]);
  tabs.close();
});

it('the upcast of a release is no part of its fingerprint', () => {
  expect(nativeNext(fromFirst).converge!.fingerprint).toBe(nativeNext().converge!.fingerprint);
  expect(jsNext(fromFirst).converge!.fingerprint).toBe(jsNext().converge!.fingerprint);
});

it('a store without a bridge has nobody to hear of', () => {
  const store = createIsolatedStore({ name: 'alone', slices: [cartSlice()] });
  expect(store.bridge.log.onOtherRelease(() => undefined)).toBeTypeOf('function');
  store.dispose();
});
