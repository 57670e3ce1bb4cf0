import { defineSlice } from 'isthmus';
import { inc, payload, push, set } from 'isthmus/program';
import { createTestHub, createTestStore, type TestHubOptions } from 'isthmus/testing';
import { expect, it, onTestFinished } from 'vitest';

const cart = defineSlice({
  name: 'cart',
  converge: true,
  initialState: { owner: '', count: 0, items: [] as string[] },
  reducers: {
    add: [push('/items', payload()), inc('/count')],
    giveTo: [set('/owner', payload())],
  },
  contract: {
    'cart/add': { payload: { type: 'string' } },
    'cart/giveTo': { payload: { type: 'string' } },
  },
});
const { add, giveTo } = cart.actions;

/** Opens tabs of one channel. The first of them is the hub's 'tab-1'. */
function openTabs(options?: TestHubOptions) {
  const hub = createTestHub(options);
  const open = async () => {
    const { store, dispose } = await createTestStore({ slices: [cart], hub });
    onTestFinished(dispose);
    return store;
  };
  return { hub, open };
}

it('two tabs that act at once agree, and nothing is lost', async () => {
  const { hub, open } = openTabs();
  const [a, b] = [await open(), await open()];
  hub.settle(); // they have met

  a.dispatch(giveTo('Ada')); // nothing is delivered before the hub is told to
  a.dispatch(add('tea'));
  b.dispatch(giveTo('Grace'));
  b.dispatch(add('mug'));
  expect(a.read(['cart', 'items'])).toEqual(['tea']); // an own action shows at once
  expect(b.read(['cart', 'items'])).toEqual(['mug']);

  hub.settle(); // deliveries, timers and locks, until all is settled
  expect(a.getState()).toEqual(b.getState());
  expect(a.read(['cart', 'count'])).toBe(2);
  expect(a.bridge.log.entries().map(({ state }) => state)).not.toContain('tentative');
});

it('a tab that is opened late is loading until it has the state of the others', async () => {
  const { hub, open } = openTabs();
  const first = await open();
  hub.settle();
  first.dispatch(add('tea'));

  const late = await open();
  expect(late.status('cart')).toBe('loading');
  hub.settle();
  expect(late.status('cart')).toBe('ready');
  expect(late.read(['cart', 'items'])).toEqual(['tea']);
});

it('a tab that slept catches up, and one that crashed with the lock is replaced', async () => {
  const { hub, open } = openTabs();
  const [a, b, c] = [await open(), await open(), await open()];
  hub.settle();
  hub.tab('tab-2').freeze();
  a.dispatch(add('tea'));
  hub.settle(); // does not wait for tabs that sleep
  hub.tab('tab-1').crash();
  c.dispatch(add('mug'));
  hub.tab('tab-2').resume();
  hub.settle();
  expect(b.read(['cart', 'items'])).toEqual(['tea', 'mug']);
  expect(b.getState()).toEqual(c.getState());
});

it('they agree though messages are lost, late, repeated and out of order', async () => {
  const random = { seed: 7, loss: 0.2, delay: 50, duplication: 0.2, reordering: 0.3 };
  const { hub, open } = openTabs({ random }); // without a seed, one is drawn and printed
  const tabs = [await open(), await open(), await open()];
  hub.settle();
  for (let i = 0; i < 30; i++) {
    tabs[i % 3]!.dispatch(add(`item ${i}`));
    hub.advance(5);
  }
  hub.settle();
  for (const tab of tabs) {
    expect(tab.getState()).toEqual(tabs[0]!.getState());
    expect(tab.read(['cart', 'count'])).toBe(30);
  }
});
