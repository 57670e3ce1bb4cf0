/**
 * The package as `require` finds it, in Jest as it comes: without flags, and nothing of the package transformed.
 *
 * @jest-environment jsdom
 */
const { act, createElement } = require('react');
const { createRoot } = require('react-dom/client');
const { crossApp, defineSlice, joinSharedStore, loadEngine } = require('isthmus');
const { inc, payload } = require('isthmus/program');
const { SharedStoreProvider, useSharedValue } = require('isthmus/react');
const { createTestStore } = require('isthmus/testing');

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count', payload())] },
  contract: { 'cart/add': { payload: { type: 'integer' } } },
});

globalThis.IS_REACT_ACT_ENVIRONMENT = true;

test('the engine is loaded and a component shows what the store holds', async () => {
  await loadEngine();
  const membership = joinSharedStore({ app: 'cart', slices: [cart] });
  const element = document.createElement('div');
  const Count = () =>
    createElement(
      'b',
      null,
      useSharedValue(cart, (state) => state.count),
    );
  const root = createRoot(element);
  await act(() =>
    root.render(createElement(SharedStoreProvider, { membership }, createElement(Count))),
  );
  await act(() => membership.store.dispatch(cart.actions.add(2)));
  expect(element.innerHTML).toBe('<b>2</b>');
  await act(() => root.unmount());
  membership.leave();
});

test('two tabs of the testing kit hear each other, text beyond ASCII included', async () => {
  const here = await createTestStore({ slices: [cart], contract: {} });
  const there = await createTestStore({ slices: [cart], hub: here.hub });
  here.store.dispatch(crossApp(cart.actions.add(3)));
  here.hub.flush();
  expect(there.store.getState()).toEqual({ cart: { count: 3 } });
  for (const { dispose } of [here, there]) dispose();
});
