import { converging, loadEngine, type IsolatedStore, type Slice } from 'isthmus';
import type { Action } from 'redux';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { cartSlice, storeKinds, Tabs } from './tabs.js';

await loadEngine();

const put = (item: string) => ({ type: 'cart/put', payload: item });
const contract = { 'cart/put': { payload: { type: 'string' } } } as const;

/** The items of one slice with an ordinary reducer, under the key and the actions of the native one. */
function jsCart() {
  const reducer = (
    state: { list: readonly unknown[] } = { list: [] },
    action: Action & { payload?: unknown },
  ) => (action.type === 'cart/put' ? { list: [...state.list, action.payload] } : state);
  return converging({ key: 'cart', reducer }, { version: 1, contract });
}

const sliceKinds: [name: string, make: () => Slice][] = [
  ['native', cartSlice],
  ['JS', jsCart],
];

describe.each(storeKinds)('in %s', (_store, make) => {
  describe.each(sliceKinds)('what is dispatched for a %s slice', (_slice, slice) => {
    let tabs: Tabs;
    beforeEach(() => void (tabs = new Tabs(make)));
    afterEach(() => tabs.close());

    const open = (slices: readonly Slice[], locks?: false) =>
      tabs.open(slices, { bridge: { transport: tabs.hub.connect(), log: { locks } } });
    const itemsOf = (store: IsolatedStore) => [...(store.read(['cart', 'list']) as string[])];
    const expectItems = (...items: string[]) => {
      tabs.hub.settle();
      for (const store of tabs.stores.filter((each) => each.read(['cart']) !== undefined)) {
        expect(itemsOf(store).sort()).toEqual(items);
      }
    };

    it.each([0, 1, 30, 150, 1000])(
      'is not lost while tabs without locks still ask who is there, %d ms apart',
      (wait) => {
        const a = open([slice()], false);
        a.dispatch(put('a'));
        expect(itemsOf(a)).toEqual(['a']);
        tabs.hub.advance(wait);
        const b = open([slice()], false);
        b.dispatch(put('b'));
        tabs.hub.advance(wait);
        const c = open([slice()]);
        c.dispatch(put('c'));
        expectItems('a', 'b', 'c');
      },
    );

    it('is not lost where the tabs that were there do not answer', () => {
      open([slice()]);
      tabs.hub.settle();
      tabs.hub.tab('tab-1').freeze();
      const b = open([slice()]);
      b.dispatch(put('b'));
      tabs.hub.advance(10_000);
      expect(itemsOf(b)).toEqual(['b']);
      tabs.hub.tab('tab-1').resume();
      expectItems('b');
    });

    it('is not lost where a tab that does not have the slice settles it before it has begun', () => {
      open([]);
      tabs.hub.settle();
      const b = open([slice()], false);
      b.dispatch(put('b'));
      const c = open([slice()], false);
      c.dispatch(put('c'));
      expectItems('b', 'c');
    });
  });
});
