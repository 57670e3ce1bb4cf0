// @vitest-environment jsdom
import { act } from '@testing-library/react';
import { createIsolatedStore, defineSlice, loadEngine, type AnyState } from 'isthmus';
import { inc } from 'isthmus/program';
import { SharedStoreProvider, useReady, useSharedSelector, useSharedValue } from 'isthmus/react';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';

await loadEngine();

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count')] },
});
type State = { cart: { count: number } };

const newStore = () => createIsolatedStore({ name: 'app', slices: [cart] });
const sameCount = (a: { count: number }, b: { count: number }) => a.count === b.count;

function Page() {
  const { count } = useSharedSelector((state: State) => ({ count: state.cart.count }), sameCount);
  return (
    <p>{`${useSharedValue(['cart', 'count'])} ${count} ${useReady('cart')} ${useReady('none')}`}</p>
  );
}

let end: (() => void) | undefined;
afterEach(() => {
  act(() => end?.());
  vi.restoreAllMocks();
});

/** Renders on a server whose store has counted to 1, then hydrates in a page whose store is given. */
function hydrate(page: (serverState: AnyState) => { tree: React.ReactElement }) {
  const server = newStore();
  server.dispatch(cart.actions.add());
  const sent = JSON.parse(JSON.stringify(server.getState())) as AnyState;
  const container = document.createElement('div');
  const onServer = <SharedStoreProvider store={server}>{<Page />}</SharedStoreProvider>;
  container.innerHTML = renderToString(onServer);
  const html = container.textContent;
  const seen: unknown[] = [];
  vi.spyOn(console, 'error').mockImplementation((...args) => void seen.push(args));
  act(() => {
    const onRecoverableError = (error: unknown) => void seen.push(error);
    const root = hydrateRoot(container, page(sent).tree, { onRecoverableError });
    end = () => root.unmount();
  });
  return { html, container, seen };
}

it.each([
  ['', ({ children }: { children: React.ReactElement }) => children],
  [' in StrictMode', StrictMode],
])("hydrates with the server's state, then shows the store's, which has moved on%s", (_, Mode) => {
  const store = newStore();
  [1, 2, 3].forEach(() => store.dispatch(cart.actions.add()));
  const { html, container, seen } = hydrate((serverState) => ({
    tree: (
      <Mode>
        <SharedStoreProvider store={store} serverState={serverState} children={<Page />} />
      </Mode>
    ),
  }));
  expect(html).toBe('1 1 true false');
  expect(seen).toEqual([]);
  expect(container.textContent).toBe('3 3 true false');
  act(() => void store.dispatch(cart.actions.add()));
  expect(container.textContent).toBe('4 4 true false');
});

it('does not match without it', () => {
  const { seen } = hydrate(() => ({
    tree: <SharedStoreProvider store={newStore()} children={<Page />} />,
  }));
  expect(seen).not.toEqual([]);
});

it('keeps what it has selected where the store has moved on to an equal value', () => {
  const store = newStore();
  store.dispatch(cart.actions.add());
  const selected = new Set<unknown>();
  function Selecting() {
    selected.add(useSharedSelector(({ cart }: State) => ({ count: cart.count }), sameCount));
    return <Page />;
  }
  const { seen } = hydrate((serverState) => ({
    tree: (
      <SharedStoreProvider store={store} serverState={serverState}>
        <Selecting />
      </SharedStoreProvider>
    ),
  }));
  expect([selected.size, seen]).toEqual([1, []]);
});

it('renders on a server with the state that is passed, when the store has none', () => {
  const store = createIsolatedStore({ name: 'app' });
  const serverState = { cart: { count: 5 } };
  const tree = <SharedStoreProvider store={store} serverState={serverState} children={<Page />} />;
  expect(renderToString(tree)).toBe('<p>5 5 true false</p>');
  expect(store.inspect()).toMatchObject({ watchers: 0, listeners: 0 });
});
