import { onRecovered, plain, type IsolatedStore, type Recovery } from 'isthmus';
import { afterEach, expect, it, vi } from 'vitest';
import { loadFaultyEngine } from '../engine/faults/faulty-engine.js';
import { cartSlice, storeKinds, Tabs, type MakeStore } from './tabs.js';

/** Of the steps of each operation. */
const MOST = Math.ceil(Number(process.env.ISTHMUS_FAULTS ?? 50) / 2);

const faults = await loadFaultyEngine();
const recoveries: Recovery[] = [];
onRecovered((recovery) => recoveries.push(recovery));
vi.spyOn(console, 'error').mockImplementation(() => undefined);
const reported = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
const cart = cartSlice();
const stateOf = (store: IsolatedStore) => plain(store.read(['cart'])) as CartState;
interface CartState {
  count: number;
  list: string[];
}
afterEach(() => reported.mockClear());

/** Two tabs that have settled some actions, and have others under way. */
function twoTabs(make: MakeStore): { tabs: Tabs; a: IsolatedStore; b: IsolatedStore } {
  const tabs = new Tabs(make);
  const [a, b] = tabs.pair(() => [cart]);
  a.dispatch(cart.actions.add(10));
  tabs.hub.settle();
  b.dispatch(cart.actions.put('b'));
  return { tabs, a, b };
}

const operations: Record<string, (tabs: Tabs, a: IsolatedStore) => void> = {
  'an own action': (_, a) => void a.dispatch(cart.actions.add(1)),
  'an envelope that comes, and settling': ({ hub }) => void hub.settle(),
  'a tab that joins': (tabs) => {
    tabs.open([cart]);
    tabs.hub.settle();
  },
};

const cases = storeKinds.flatMap(([kind, make]) =>
  Object.keys(operations).map((name) => [name, kind, make] as const),
);

it.each(cases)(
  'wherever the engine fails at %s, the tabs with %s agree afterwards and nothing is lost',
  (name, _, make) => {
    const operate = operations[name]!;
    const model = twoTabs(make);
    const steps = faults.stepsOf(() => operate(model.tabs, model.a));
    model.tabs.close();
    expect(steps).toBeGreaterThan(50);

    for (let i = 0; i < Math.min(MOST, steps); i++) {
      const step = 1 + Math.floor((i * steps) / MOST);
      const { tabs, a, b } = twoTabs(make);
      let thrown: unknown;
      faults.at(step, () => {
        try {
          operate(tabs, a);
        } catch (error) {
          thrown = error;
        }
      });
      a.dispatch(cart.actions.add(100));
      tabs.hub.settle();
      const { count, list } = stateOf(a);
      // Where its call has failed, an own action was taken wholly or not at all.
      const own = name === 'an own action' ? 1 : 0;
      const allowed = thrown === undefined ? [110 + own] : [110, 110 + own];
      expect(allowed, `step ${step} of ${steps}`).toContain(count);
      expect(list, `step ${step}`).toEqual(['b']);
      for (const store of tabs.stores) expect(stateOf(store), `step ${step}`).toEqual(stateOf(a));
      expect(a.inspect().log!.tentative).toBe(0);
      expect(a.inspect().log!.head).toBe(b.inspect().log!.head);
      tabs.close();
    }
    expect(recoveries.flatMap(({ lost }) => lost)).toEqual([]);
  },
);
