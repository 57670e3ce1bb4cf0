import { converging, joinSharedStore, loadEngine, plain, type IsolatedStore } from 'isthmus';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { cartSlice, Tabs, themeSlice } from './tabs.js';

// A page, whose memberships share a store.
vi.stubGlobal('document', {});
beforeAll(() => loadEngine());

let names = 0;

describe('a converging slice that an app expects', () => {
  let tabs: Tabs;
  const leave: (() => void)[] = [];
  beforeEach(() => void (tabs = new Tabs()));
  afterEach(() => {
    tabs.close();
    leave.splice(0).forEach((end) => end());
  });
  const cart = cartSlice();
  const stateOf = (store: { read(path: string[]): unknown }) => plain(store.read(['cart']));

  /** A tab whose store is of other tabs' name, and has no cart yet. */
  function openHost(slices: Parameters<typeof joinSharedStore>[0]['slices'] = []) {
    const name = `page-${++names}`;
    const host = joinSharedStore({
      app: 'host',
      name,
      slices,
      bridge: { transport: tabs.hub.connect() },
    });
    const remote = joinSharedStore({ app: 'remote', name });
    leave.push(
      () => remote.leave(),
      () => host.leave(),
    );
    return { host, remote };
  }

  const act = (a: IsolatedStore) => {
    for (const text of ['x', 'y']) a.dispatch(cart.actions.put(text));
    tabs.hub.settle();
  };

  it.each([
    ['with a log of other slices', [otherSlice()]],
    ['without a log', [themeSlice()]],
  ])('counts each action once when it comes, %s', (_, slices) => {
    const a = tabs.open([cart, ...slices]);
    const { host, remote } = openHost(slices);
    host.expect('cart', cart.contract);
    tabs.hub.settle();
    act(a);
    const lease = remote.inject(cart);
    tabs.hub.settle();
    expect(stateOf(host.store as never)).toEqual(stateOf(a));
    expect(host.store.inspect().expected).toEqual([]);
    a.dispatch(cart.actions.put('z'));
    tabs.hub.settle();
    expect(stateOf(host.store as never)).toEqual(stateOf(a));
    expect(a.read(['cart', 'list'])).toEqual(['x', 'y', 'z']);
    lease.dispose();
  });

  it('needs no expecting, since the others have its state', () => {
    const a = tabs.open([cart]);
    const { host, remote } = openHost();
    tabs.hub.settle();
    act(a);
    remote.inject(cart);
    tabs.hub.settle();
    expect(stateOf(host.store as never)).toEqual(stateOf(a));
  });
});

function otherSlice() {
  return converging(
    { key: 'other', reducer: (count: number = 0) => count },
    { version: 1, contract: {} },
  );
}
