// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { defineSlice, joinSharedStore, loadEngine, type Membership } from 'isthmus';
import { inc } from 'isthmus/program';
import {
  SharedStoreProvider,
  useReady,
  useSharedDispatch,
  useSharedSelector,
  useSharedStore,
  useSharedValue,
  useSlice,
} from 'isthmus/react';
import { StrictMode, Suspense, useEffect, type ReactNode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pageRegistry } from '../fresh-page.js';

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count')] },
});
const late = defineSlice({ name: 'late', initialState: 7, reducers: {} });
const serverState = { cart: { count: 3 } };

let name: string;
let members: Membership[];
let engine: unknown;
const join = (): Membership => {
  try {
    const preloadedState = serverState;
    const member = joinSharedStore({ app: 'cart', name, slices: [cart], preloadedState });
    members.push(member as never);
    return member as never;
  } finally {
    page().engine ??= engine as never; // loaded once for all tests
  }
};
const page = () => pageRegistry()!;
const text = (id = 'out') => screen.getByTestId(id).textContent;

function Counter() {
  const count = useSharedValue(cart, (state) => state.count);
  const twice = useSharedSelector((state: typeof serverState) => state.cart.count * 2);
  const isReady = useReady('cart');
  const dispatch = useSharedDispatch();
  return (
    <button data-testid="out" onClick={() => dispatch(cart.actions.add())}>
      {`${count} ${twice} ${isReady}`}
    </button>
  );
}

const app = (children: ReactNode = <Counter />) => (
  <SharedStoreProvider join={join} serverState={serverState} fallback={<i>...</i>}>
    {children}
  </SharedStoreProvider>
);

const joined = () => vi.waitFor(() => expect(members.at(-1)).toBeDefined());

beforeEach(() => {
  members = [];
  name = crypto.randomUUID();
  engine = page().engine;
  delete page().engine;
});
afterEach(async () => {
  cleanup();
  await loadEngine();
});

it('shows the state that the page came with before the engine is there, and then the store', async () => {
  render(app());
  expect(text()).toBe('3 6 true');
  expect(members).toEqual([]);
  await joined();
  await vi.waitFor(() => expect(text()).toBe('3 6 true'));
  act(() => void members.at(-1)!.store.dispatch(cart.actions.add()));
  await vi.waitFor(() => expect(text()).toBe('4 8 true'));
});

it('what is dispatched before the store is joined waits for it, in its order', async () => {
  const seen = vi.fn();
  const Watch = () => {
    seen(useSharedStore());
    return null;
  };
  render(app([<Counter key="a" />, <Watch key="b" />]));
  const early = seen.mock.calls[0]![0] as ReturnType<typeof useSharedStore>;
  const action = cart.actions.add();
  expect(early.dispatch(action)).toBe(action);
  act(() => screen.getByRole('button').click());
  early.dispatch({ type: 'cart/other' });
  expect(early.getState()).toBe(serverState);
  await vi.waitFor(() => expect(text()).toBe('5 10 true'));
  early.dispatch(cart.actions.add()); // an older render's
  await vi.waitFor(() => expect(text()).toBe('6 12 true'));
  expect(seen.mock.lastCall![0]).toBe(members.at(-1)!.store);
});

it('in StrictMode an action of an effect is dispatched as often as the effect runs', async () => {
  const tell = vi.spyOn(console, 'error').mockReturnValue();
  render(<StrictMode>{app()}</StrictMode>);
  act(() => screen.getByRole('button').click());
  await vi.waitFor(() => expect(text()).toBe('4 8 true'));
  await new Promise((resolve) => setTimeout(resolve));
  expect(tell).not.toHaveBeenCalled();
  tell.mockRestore();
});

it('tells which actions were lost when the page leaves before the store is joined', async () => {
  const tell = vi.spyOn(console, 'error').mockReturnValue();
  const { unmount } = render(app());
  act(() => screen.getByRole('button').click());
  unmount();
  await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(1));
  expect(tell.mock.calls[0]![0]).toMatch(/cart\/add: .* lost/);
  tell.mockRestore();
});

it('an action that is refused stops none behind it, and is reported', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  let store!: ReturnType<typeof useSharedStore>;
  const Take = () => {
    const now = useSharedStore();
    useEffect(() => void (store ??= now), [now]);
    return null;
  };
  render(app([<Counter key="a" />, <Take key="b" />]));
  store.dispatch({ nothing: true } as never);
  store.dispatch(cart.actions.add());
  await vi.waitFor(() => expect(text()).toBe('4 8 true'));
  expect(String(reported.mock.calls[0]![0])).toMatch(/type/);
  vi.unstubAllGlobals();
});

it('what only the store can do is refused by name until it is joined', () => {
  let store!: ReturnType<typeof useSharedStore>;
  const Take = () => {
    const now = useSharedStore();
    useEffect(() => void (store ??= now), [now]);
    return null;
  };
  render(app(<Take />));
  expect(() => store.bridge).toThrow(/store\.bridge: .* yet to be joined/);
  expect(() => store.hydrate('cart', {})).toThrow(
    expect.objectContaining({ code: 'engine-missing' }),
  );
  expect(() => store.read(cart, (state) => state.count + 1)).toThrow(/a pick only follows/);
  expect(store.read(['cart', 'count'])).toBe(3);
  expect(store.read(cart, (state) => state.count)).toBe(3);
  expect(store.status('late')).toBe('loading');
});

it('a slice that the page did not come with suspends, and is there once it is injected', async () => {
  const Late = () => {
    useReady('late', { suspend: true });
    return <b data-testid="late">{String(useSharedValue(['late']))}</b>;
  };
  const Holder = () => {
    useSlice(late);
    return null;
  };
  render(app([<Holder key="a" />, <Suspense key="b" children={<Late />} fallback={null} />]));
  expect(screen.queryByTestId('late')).toBeNull();
  await vi.waitFor(() => expect(text('late')).toBe('7'));
});

it('what suspends with no boundary of its own shows the fallback, and the store is joined all the same', async () => {
  const Late = () => {
    useReady('late', { suspend: true });
    return <b data-testid="late">{String(useSharedValue(['late']))}</b>;
  };
  render(app(<Late />));
  expect(document.body.textContent).toBe('...');
  await joined();
  const lease = members.at(-1)!.inject(late);
  await vi.waitFor(() => expect(text('late')).toBe('7'));
  lease.dispose();
});

it('the server renders what hydration takes over, before and after the engine is there', async () => {
  const tell = vi.spyOn(console, 'error').mockReturnValue();
  const html = renderToString(app());
  expect(html).toContain('3 6 true');
  const root = document.createElement('div');
  document.body.append(root);
  root.innerHTML = html;
  const hydrated = await act(() => hydrateRoot(root, app()));
  expect(text()).toBe('3 6 true');
  act(() => screen.getByRole('button').click());
  await vi.waitFor(() => expect(text()).toBe('4 8 true'));
  expect(tell).not.toHaveBeenCalled();
  act(() => hydrated.unmount());
  root.remove();
  tell.mockRestore();
});
