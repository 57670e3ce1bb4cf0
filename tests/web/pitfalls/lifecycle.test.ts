// @vitest-environment jsdom
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { joinSharedStore, type Lease } from 'isthmus';
import { assertNoLeaks, createTestStore, type SharedTestStore } from 'isthmus/testing';
import type { Action } from 'redux';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandWrittenStore } from './hand-written-store.js';

// Rows of the guide's table of pitfalls: first by hand, then with Isthmus.

let page: SharedTestStore;
beforeEach(async () => {
  page = await createTestStore({ shared: true, app: 'host' });
});
afterEach(() => page.dispose());

const nextTask = () => new Promise((resolve) => setTimeout(resolve, 1));

/** A reducer, and the types of the actions that it was given. */
function cartReducer() {
  const seen: string[] = [];
  const reducer = (cart: { items: string[] } = { items: [] }, { type }: Action) => {
    seen.push(type);
    return type === 'cart/add' ? { items: [...cart.items, 'tea'] } : cart;
  };
  return { seen, reducer };
}

describe('pitfall: memory climbs over a session', () => {
  const VISITS = 20;

  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;

  /** How many of the trees that a session's visits have made are still held, a collection later. */
  async function survivors(visit: (tree: object) => void): Promise<number> {
    const trees: WeakRef<object>[] = [];
    for (let i = 0; i < VISITS; i += 1) {
      const tree = { nodes: new Array(1000).fill(i) };
      trees.push(new WeakRef(tree));
      visit(tree);
      await nextTask();
    }
    collect();
    return trees.filter((tree) => tree.deref() !== undefined).length;
  }

  it('by hand, a remote that only unmounts leaves its tree, its listener and its branch', async () => {
    const store = createHandWrittenStore();
    let calls = 0;
    const held = await survivors((tree) => {
      store.add('cart', cartReducer().reducer);
      store.subscribe(() => void (tree && (calls += 1)));
    });
    store.dispatch({ type: 'any' });
    expect([held, calls]).toEqual([VISITS, VISITS]);
    expect(store.getState()).toHaveProperty('cart');
  });

  it('with Isthmus, leave() undoes what the remote brought, and nothing holds its tree', async () => {
    const { store } = page;
    await assertNoLeaks(store, async () => {
      const held = await survivors((tree) => {
        const slices = [{ key: 'cart', reducer: cartReducer().reducer }];
        const cart = joinSharedStore({ app: 'cart', slices });
        const stop = cart.store.watch(['cart', 'items'], () => void tree);
        stop();
        cart.leave();
      });
      expect(held).toBeLessThan(2);
    });
  });

  it('with Isthmus, what a remote forgets nevertheless is named by assertNoLeaks', async () => {
    const { store } = page;
    const forgetful = () => {
      const cart = joinSharedStore({
        app: 'cart',
        slices: [{ key: 'cart', reducer: cartReducer().reducer }],
      });
      store.subscribe(() => undefined);
      return cart;
    };
    await expect(assertNoLeaks(store, () => forgetful().leave())).rejects.toThrow(
      'listeners: 1 more',
    );
    await expect(assertNoLeaks(store, forgetful)).rejects.toThrow(
      "slice 'cart' of 'cart' (1 lease)",
    );
  });

  it("with Isthmus, a lease that is disposed of twice, or after another owner's, does no harm", async () => {
    const slice = { key: 'cart', reducer: cartReducer().reducer };
    const first = joinSharedStore({ app: 'first' });
    const stale: Lease[] = [first.inject(slice), first.inject(slice)];
    stale[0]!.dispose({ now: true });
    stale[0]!.dispose({ now: true });
    expect(page.store.inspect().slices).toMatchObject([{ key: 'cart', leases: 1 }]);
    stale[1]!.dispose({ now: true });
    expect(page.store.getState()).toEqual({});

    const second = joinSharedStore({ app: 'second', slices: [slice] });
    for (const lease of stale) lease.dispose({ now: true });
    first.leave();
    await nextTask();
    expect(page.store.inspect().slices).toMatchObject([{ owner: 'second', leases: 1 }]);
    second.leave();
  });
});

describe('pitfall: a teardown dispatch does nothing', () => {
  it('by hand, a reducer that was removed first never sees it', () => {
    const store = createHandWrittenStore();
    const { seen, reducer } = cartReducer();
    store.add('cart', reducer);
    store.remove('cart');
    store.dispatch({ type: 'cart/teardown' });
    expect(seen).not.toContain('cart/teardown');
  });

  it.each<[string, (reducer: never) => () => void]>([
    [
      'leave()',
      (reducer) => joinSharedStore({ app: 'cart', slices: [{ key: 'cart', reducer }] }).leave,
    ],
    [
      'unregisterReducer()',
      (reducer) => {
        page.store.registerReducer('cart', reducer);
        return () => page.store.unregisterReducer('cart');
      },
    ],
  ])(
    'with Isthmus, %s dispatches it by itself, once, and then the branch goes',
    async (_how, begin) => {
      const { seen, reducer } = cartReducer();
      const end = begin(reducer as never);
      end();
      await nextTask();
      expect(seen.filter((type) => type === 'cart/teardown')).toHaveLength(1);
      expect(seen.at(-1)).toBe('cart/teardown');
      expect(page.actions.map(({ type }) => type)).toContain('cart/teardown');
      expect(page.store.getState()).toEqual({});
    },
  );
});

describe('pitfall: new slice state is undefined after mount', () => {
  it('by hand, a reducer without a new root reducer is not there, not later either', () => {
    const store = createHandWrittenStore();
    store.add('cart', cartReducer().reducer, { swaps: false });
    store.dispatch({ type: 'cart/add' });
    const cart = store.getState()['cart'] as { items: string[] };
    expect(() => cart.items).toThrow(TypeError);
  });

  it('with Isthmus, every way in has the slice in the state at once, and tells the listeners', () => {
    const { store } = page;
    const keys: string[][] = [];
    store.subscribe(() => keys.push(Object.keys(store.getState())));
    store.registerReducer('registered', cartReducer().reducer);
    expect(store.getState()['registered']).toEqual({ items: [] });
    joinSharedStore({ app: 'a', slices: [{ key: 'joined', reducer: cartReducer().reducer }] });
    expect(store.getState()['joined']).toEqual({ items: [] });
    page.membership.inject({ key: 'injected', reducer: cartReducer().reducer });
    expect(store.read(['injected', 'items'])).toEqual([]);
    expect(keys.at(-1)).toEqual(['registered', 'joined', 'injected']);
  });
});
