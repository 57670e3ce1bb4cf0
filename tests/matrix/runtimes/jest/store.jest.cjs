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

function Count() {
  return useSharedValue(cart, (state) => state.count);
}

test('a component shows what the store holds', async () => {
  await loadEngine();
  const membership = joinSharedStore({ app: 'cart', slices: [cart] });
  const element = document.createElement('div');
  const root = createRoot(element);
  const shown = createElement(SharedStoreProvider, { membership }, createElement(Count));
  await act(() => root.render(shown));
  await act(() => membership.store.dispatch(cart.actions.add(2)));
  expect(element.innerHTML).toBe('2');
  await act(() => root.unmount());
  membership.leave();
});

test('two tabs of the testing kit hear each other', async () => {
  const here = await createTestStore({ slices: [cart], contract: {} });
  const there = await createTestStore({ slices: [cart], hub: here.hub });
  here.store.dispatch(crossApp(cart.actions.add(3)));
  here.hub.flush();
  expect(there.store.getState()).toEqual({ cart: { count: 3 } });
  for (const { dispose } of [here, there]) dispose();
});
