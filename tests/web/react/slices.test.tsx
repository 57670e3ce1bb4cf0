// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import {
  createIsolatedStore,
  defineSlice,
  joinSharedStore,
  loadEngine,
  type Lease,
  type SharedStore,
} from 'isthmus';
import { inc } from 'isthmus/program';
import { SharedStoreProvider, useReady, useSharedValue, useSlice } from 'isthmus/react';
import { StrictMode, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';

await loadEngine();
afterEach(cleanup);

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0, note: 'none', items: [] as string[] },
  reducers: { add: [inc('/count')] },
});
const { add } = cart.actions;
const profile = { key: 'profile', reducer: (state = 'Ada') => state };

const text = () => screen.getByTestId('out').textContent;
const Out = ({ children }: { children: ReactNode }) => <b data-testid="out">{children}</b>;

describe('useSlice', () => {
  const inspectCart = (of: SharedStore) => of.inspect().slices.find(({ key }) => key === 'cart');

  it.each([
    ['once', ({ children }: { children: ReactNode }) => children],
    ['twice, in StrictMode', StrictMode],
  ])('injects while it is mounted, %s, and keeps the state over it', async (_how, Mode) => {
    const membership = joinSharedStore({ app: 'remote', name: crypto.randomUUID() });
    const seen: unknown[] = [];
    function Cart() {
      const state = useSlice(cart);
      seen.push(state?.count);
      return <Out>{state === undefined ? 'skeleton' : state.count}</Out>;
    }
    const { unmount } = render(
      <Mode>
        <SharedStoreProvider membership={membership}>
          <Cart />
        </SharedStoreProvider>
      </Mode>,
    );
    expect(seen[0]).toBeUndefined();
    expect(inspectCart(membership.store)).toMatchObject({ owner: 'remote', leases: 1 });
    act(() => void membership.store.dispatch(add()));
    expect(text()).toBe('1');
    unmount();
    await vi.waitFor(() => expect(membership.store.inspect().slices).toEqual([]));
    expect(membership.store.inspect()).toMatchObject({ watchers: 0, listeners: 0, leases: 0 });
  });

  it('is counted for each component that uses it', () => {
    const membership = joinSharedStore({ app: 'remote', name: crypto.randomUUID() });
    const Cart = () => <i>{useSlice(cart)?.count}</i>;
    const tree = (count: number) => (
      <SharedStoreProvider membership={membership}>
        {Array.from({ length: count }, (_, i) => (
          <Cart key={i} />
        ))}
      </SharedStoreProvider>
    );
    const { rerender } = render(tree(3));
    expect(inspectCart(membership.store)).toMatchObject({ leases: 3 });
    rerender(tree(1));
    expect(inspectCart(membership.store)).toMatchObject({ leases: 1 });
  });

  it('works with a JS slice, and without a provider on the page', async () => {
    joinSharedStore({ app: 'host' });
    const Profile = () => <Out>{useSlice(profile)}</Out>;
    const { unmount } = render(<Profile />);
    expect(text()).toBe('Ada');
    unmount();
    const { store } = joinSharedStore({ app: 'host' });
    await vi.waitFor(() => expect(store.inspect().slices).toEqual([]));
  });
});

describe('useReady', () => {
  function Name() {
    const isReady = useReady('cart');
    const value = useSharedValue(['cart', 'note']);
    return <Out>{isReady ? String(value) : 'skeleton'}</Out>;
  }

  it('shows the skeleton until the slice is ready, and never half of it', () => {
    const store = createIsolatedStore({ name: 'app', slices: [cart] });
    store.markLoading('cart');
    render(<SharedStoreProvider store={store} children={<Name />} />);
    expect(text()).toBe('skeleton');
    act(() => store.hydrate('cart', { count: 1, note: 'restored', items: [] }));
    expect(text()).toBe('restored');
    act(() => store.markFailed('cart', new Error('x')));
    expect(text()).toBe('skeleton');
  });

  it('follows the slice as it comes and goes', () => {
    const { store, inject } = joinSharedStore({ app: 'remote', name: crypto.randomUUID() });
    render(<SharedStoreProvider store={store} children={<Name />} />);
    expect(text()).toBe('skeleton');
    let lease: Lease | undefined;
    act(() => void (lease = inject(cart)));
    expect(text()).toBe('none');
    act(() => lease?.dispose({ now: true }));
    expect(text()).toBe('skeleton');
  });
});

describe('rendering on a server', () => {
  it('does not inject, and leaves no subscription', () => {
    const membership = joinSharedStore({ app: 'remote', name: 'ssr' });
    const Cart = () => <p>{useSlice(cart)?.note ?? 'skeleton'}</p>;
    const html = renderToString(
      <SharedStoreProvider membership={membership} children={<Cart />} />,
    );
    expect(html).toBe('<p>skeleton</p>');
    expect(membership.store.inspect()).toMatchObject({ slices: [], watchers: 0, listeners: 0 });
  });
});
