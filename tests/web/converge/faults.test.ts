import {
  converging,
  onRecovered,
  plain,
  type IsolatedStore,
  type Recovery,
  type Slice,
} from 'isthmus';
import type { Action } from 'redux';
import { afterEach, expect, it, vi } from 'vitest';
import { loadFaultyEngine } from '../engine/faults/faulty-engine.js';
import { cartSlice, functionCartSlice, storeKinds, Tabs, type MakeStore } from './tabs.js';

/** Of the steps of each operation, spread over the cases. */
const MOST = Math.ceil(Number(process.env.ISTHMUS_FAULTS ?? 50) / 6);

const faults = await loadFaultyEngine();
const recoveries: Recovery[] = [];
onRecovered((recovery) => recoveries.push(recovery));
vi.spyOn(console, 'error').mockImplementation(() => undefined);
const reported = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
const cart = cartSlice();
/** A JS slice that depends on the order, too. */
const trail = converging(
  {
    key: 'trail',
    reducer: (state: string = '', { type, payload }: Action & { payload?: unknown }) =>
      type === 'cart/add' || type === 'cart/put' ? `${state}${String(payload)};` : state,
  },
  { version: 1, contract: {} },
);
const stateOf = (store: IsolatedStore) =>
  plain({ ...(store.read(['cart']) as CartState), trail: store.read(['trail']) });
interface CartState {
  count: number;
  list: string[];
}
afterEach(() => reported.mockClear());

/** Two tabs that have settled some actions, and have others under way. */
function twoTabs(make: MakeStore, slices: Slice[]) {
  const tabs = new Tabs(make);
  const [a, b] = tabs.pair(() => slices);
  a.dispatch(cart.actions.add(10));
  tabs.hub.settle();
  b.dispatch(cart.actions.put('b'));
  return { tabs, a, b };
}

const operations: Record<string, (tabs: Tabs, a: IsolatedStore, slices: Slice[]) => void> = {
  'an own action': (_, a) => void a.dispatch(cart.actions.add(1)),
  'an envelope that comes, and settling': ({ hub }) => void hub.settle(),
  'a tab that joins': (tabs, _, slices) => {
    tabs.open(slices);
    tabs.hub.settle();
  },
};

/** Of the numbers in the trail. */
const sumOf = (order: string) =>
  order.split(';').reduce((sum, each) => sum + (Number(each) || 0), 0);

const slicesOf: Record<string, Slice[]> = {
  'a native slice': [cart],
  'a native and a JS slice': [cart, trail],
  'a native slice of functions and a JS slice': [functionCartSlice(), trail],
};

const cases = storeKinds.flatMap(([kind, make]) =>
  Object.keys(slicesOf).flatMap((what) =>
    Object.keys(operations).map((name) => [name, what, kind, make] as const),
  ),
);

it.each(cases)(
  'wherever the engine fails at %s, the tabs with %s in %s agree afterwards and nothing is lost',
  (name, what, _, make) => {
    const slices = slicesOf[what]!;
    const operate = operations[name]!;
    const model = twoTabs(make, slices);
    const steps = faults.stepsOf(() => operate(model.tabs, model.a, slices));
    model.tabs.close();
    expect(steps).toBeGreaterThan(50);

    for (let i = 0; i < Math.min(MOST, steps); i++) {
      const step = 1 + Math.floor((i * steps) / MOST);
      const { tabs, a, b } = twoTabs(make, slices);
      let thrown: unknown;
      faults.at(step, () => {
        try {
          operate(tabs, a, slices);
        } catch (error) {
          thrown = error;
        }
      });
      a.dispatch(cart.actions.add(100));
      tabs.hub.settle();
      const { count, list, trail: order } = stateOf(a);
      // Where its call has failed, an own action was taken wholly or not at all.
      const own = name === 'an own action' ? 1 : 0;
      const allowed = thrown === undefined ? [110 + own] : [110, 110 + own];
      expect(allowed, `step ${step} of ${steps}`).toContain(count);
      expect(list, `step ${step}`).toEqual(['b']);
      if (what !== 'a native slice') expect(sumOf(order as string), `step ${step}`).toBe(count);
      for (const store of tabs.stores) expect(stateOf(store), `step ${step}`).toEqual(stateOf(a));
      expect(a.inspect().log!.tentative).toBe(0);
      expect(a.inspect().log!.head).toBe(b.inspect().log!.head);
      tabs.close();
    }
    expect(recoveries.flatMap(({ lost }) => lost)).toEqual([]);
  },
);

it('what a slice began with is still known after the engine has failed', async () => {
  const began = { cart: { count: 1000, list: ['kept'], owner: { name: 'nobody' } } };
  const tabs = new Tabs();
  const [a, b] = [1, 2].map(() => tabs.open([cart, trail], { preloadedState: began })) as [
    IsolatedStore,
    IsolatedStore,
  ];
  tabs.hub.settle();
  a.dispatch(cart.actions.add(10));
  b.dispatch(cart.actions.put('b'));
  tabs.hub.settle();
  const before = recoveries.length;
  faults.at(20, () => {
    try {
      a.dispatch(cart.actions.add(1));
    } catch {
      // It was taken, or it was not.
    }
  });
  await vi.waitFor(() => expect(recoveries.length).toBeGreaterThan(before));
  b.dispatch(cart.actions.add(100));
  tabs.hub.settle();
  expect([1110, 1111]).toContain(stateOf(a).count);
  expect(stateOf(a).list).toEqual(['kept', 'b']);
  expect(stateOf(b)).toEqual(stateOf(a));
  tabs.close();
});
