// @vitest-environment jsdom
import { ActionCreators, instrument } from '@redux-devtools/instrument';
import { loadEngine, plain, type SharedStore } from 'isthmus';
import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { compose, type Store, type StoreEnhancer } from 'redux';
import { describe, expect, it } from 'vitest';
import { cart, log, products, type State } from './devtools-slices.js';

await loadEngine();

/** What the page and the extension tell each other: texts only. */
interface Monitor {
  states: string[];
  send(message: string): void;
}
const monitors: Monitor[] = [];

// As the extension's page script does it: its instrument is innermost, and after each change it posts
// the state as a text. Messages of its window come back as texts, too.
const relay: StoreEnhancer = (create) => (reducer, preloaded) => {
  const store = instrument(undefined, { maxAge: 50 })(create)(reducer, preloaded);
  const { liftedStore } = store;
  const states: string[] = [];
  const post = () => {
    const { computedStates, currentStateIndex } = liftedStore.getState();
    states.push(JSON.stringify(computedStates[currentStateIndex]!.state));
  };
  liftedStore.subscribe(post);
  post();
  monitors.push({ states, send: (text) => liftedStore.dispatch(JSON.parse(text) as never) });
  return store as never;
};

const extensionCompose = (...given: unknown[]) => {
  const isOptions = given.length === 1 && typeof given[0] === 'object';
  if (isOptions) return (...enhancers: StoreEnhancer[]) => compose(...enhancers, relay);
  return compose(...(given as StoreEnhancer[]), relay);
};

// Redux Toolkit looks for the extension when it is loaded.
Object.assign(globalThis, { __REDUX_DEVTOOLS_EXTENSION_COMPOSE__: extensionCompose });
Object.assign(window, { __REDUX_DEVTOOLS_EXTENSION_COMPOSE__: extensionCompose });
const { configureStore } = await import('@reduxjs/toolkit');

function open() {
  const store = configureStore({
    reducer: { cart: cart.reducer, products: products.reducer, log },
    middleware: (defaults) => defaults().concat(isthmusMiddleware) as never,
    enhancers: (defaults) => defaults().prepend(isthmusEnhancer()) as never,
  }) as unknown as Store<State> & SharedStore;
  return { store, monitor: monitors.pop()! };
}

const many = Array.from({ length: 200 }, (_, i) => ({ id: `p${i}`, price: i }));

/** What a tool sees that walks an object by its own enumerable members. */
function walked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(walked);
  if (typeof value !== 'object' || value === null) return value;
  expect(Object.prototype.toString.call(value)).toBe('[object Object]');
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  return Object.fromEntries(Object.keys(value).map((key) => [key, walked(value[key as never])]));
}

describe('the DevTools extension, which configureStore takes up', () => {
  it('is told each state as a text, native slices as plain state', () => {
    const { store, monitor } = open();
    store.dispatch(cart.actions.add({ sku: 'a', qty: 2 }));
    store.dispatch(products.actions.addMany(many));
    expect(monitor.states).toHaveLength(3);
    expect(JSON.parse(monitor.states[1]!)).toEqual({
      cart: { items: [{ sku: 'a', qty: 2 }], count: 2, note: '' },
      products: { ids: [], entities: {} },
      log: ['cart/add'],
    });
    const { products: shown } = JSON.parse(monitor.states[2]!) as State;
    expect(shown.ids).toEqual(many.map(({ id }) => id));
    expect(Object.values(shown.entities)).toEqual(many);
  });

  it('finds plain objects and arrays, however it walks the state', () => {
    const { store, monitor } = open();
    store.dispatch(products.actions.addMany(many));
    const told = JSON.parse(monitor.states.at(-1)!) as State;
    expect(walked(store.getState())).toEqual(told);
    expect(structuredClone(plain(store.getState()))).toEqual(told);
  });

  it('jumps, and whoever reads, watches or subscribes follows', () => {
    const { store, monitor } = open();
    store.dispatch(cart.actions.note('one'));
    store.dispatch(cart.actions.note('two'));
    const seen: unknown[] = [];
    store.watch(['cart', 'note'], () => seen.push(store.read(['cart', 'note'])));
    store.subscribe(() => seen.push(store.getState().cart.note));
    monitor.send(JSON.stringify(ActionCreators.jumpToState(1)));
    expect(seen).toEqual(['one', 'one']);
  });

  it('imports what it exported', () => {
    const { store, monitor } = open();
    store.dispatch(products.actions.addMany(many));
    store.dispatch(products.actions.removeOne('p7'));
    const { liftedStore } = store as unknown as { liftedStore: Store };
    const exported = JSON.stringify(ActionCreators.importState(liftedStore.getState() as never));
    const before = monitor.states.at(-1);
    const fresh = open();
    fresh.monitor.send(exported);
    expect(fresh.monitor.states.at(-1)).toBe(before);
    fresh.store.dispatch(products.actions.updateOne({ id: 'p8', changes: { price: -1 } }));
    expect(fresh.store.getState().products.entities['p8']).toEqual({ id: 'p8', price: -1 });
    expect(fresh.store.getState().products.ids).toHaveLength(199);
  });

  it('dispatches actions of its own, written by hand', () => {
    const { store, monitor } = open();
    const action = { type: 'cart/add', payload: { sku: 'by-hand', qty: 1 } };
    monitor.send(JSON.stringify(ActionCreators.performAction(action)));
    expect(store.getState().cart.items).toEqual([{ sku: 'by-hand', qty: 1 }]);
  });

  it('is taken up by a store that is not Isthmus’s, with native slices', () => {
    const store = configureStore({ reducer: { cart: cart.reducer } });
    const monitor = monitors.pop()!;
    store.dispatch(cart.actions.note('plain Redux Toolkit'));
    expect(JSON.parse(monitor.states.at(-1)!)).toMatchObject({
      cart: { note: 'plain Redux Toolkit' },
    });
  });
});
