// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { inc } from 'isthmus/program';
import { SharedStoreProvider, useSharedDispatch, useSharedValue } from 'isthmus/react';
import { Component, StrictMode, type ReactNode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { pageRegistry } from '../fresh-page.js';

afterEach(cleanup);

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count')] },
});
const text = () => screen.getByTestId('out').textContent;
const Out = () => <b data-testid="out">{String(useSharedValue(cart, (state) => state.count))}</b>;

class Boundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError = (error: Error) => ({ error });

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <b data-testid="out">{String(error)}</b>;
  }
}

it('loads the engine where it is not yet, and shows the fallback until it has joined', async () => {
  delete pageRegistry()?.engine;
  const join = vi.fn(() => joinSharedStore({ app: 'cart', slices: [cart] }));
  const fallback = <b data-testid="out">...</b>;
  const { unmount } = render(
    <SharedStoreProvider join={join} fallback={fallback}>
      <Out />
    </SharedStoreProvider>,
  );
  expect(text()).toBe('...');
  await vi.waitFor(() => expect(text()).toBe('0'));
  const { store } = join.mock.results[1]!.value as ReturnType<typeof join>;
  expect(join).toHaveBeenCalledTimes(2); // the first time in vain
  unmount();
  await vi.waitFor(() => expect(store.inspect().slices).toEqual([]));
  expect(store.inspect()).toMatchObject({ watchers: 0, listeners: 0, leases: 0 });
});

it.each([
  ['once', ({ children }: { children: ReactNode }) => children, 1],
  ['again, in StrictMode', StrictMode, 2],
])(
  'joins %s, before anything of it is painted, and keeps the state over it',
  async (_how, Mode, times) => {
    const name = crypto.randomUUID();
    const host = joinSharedStore({ app: 'host', name });
    const join = vi.fn(() => joinSharedStore({ app: 'cart', name, slices: [cart] }));
    const Button = () => {
      const dispatch = useSharedDispatch();
      return <button onClick={() => dispatch(cart.actions.add())} />;
    };
    const app = () => (
      <Mode>
        <SharedStoreProvider join={() => join()}>
          <Out />
          <Button />
        </SharedStoreProvider>
      </Mode>
    );
    const { rerender, unmount } = render(app());
    expect(text()).toBe('0');
    act(() => screen.getByRole('button').click());
    rerender(app()); // another inline function
    expect(text()).toBe('1');
    expect(join).toHaveBeenCalledTimes(times);
    expect(host.store.inspect().slices).toMatchObject([{ key: 'cart', owner: 'cart', leases: 1 }]);
    unmount();
    await vi.waitFor(() => expect(host.store.inspect().slices).toEqual([]));
    expect(host.store.inspect()).toMatchObject({ watchers: 0, listeners: 0, leases: 0 });
    host.leave();
  },
);

it('two of one component share the slice, and the last one takes it along', async () => {
  const name = crypto.randomUUID();
  const host = joinSharedStore({ app: 'host', name });
  const One = () => (
    <SharedStoreProvider join={() => joinSharedStore({ app: 'cart', name, slices: [cart] })}>
      <i />
    </SharedStoreProvider>
  );
  const { rerender } = render([<One key="a" />, <One key="b" />]);
  host.store.dispatch(cart.actions.add());
  rerender([<One key="b" />]);
  await new Promise((resolve) => setTimeout(resolve));
  expect(host.store.read(['cart', 'count'])).toBe(1);
  rerender([]);
  await vi.waitFor(() => expect(host.store.inspect().slices).toEqual([]));
  host.leave();
});

it('hands what goes wrong to the nearest error boundary', async () => {
  const name = crypto.randomUUID();
  const host = joinSharedStore({ app: 'host', name, slices: [cart] });
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  render(
    <Boundary>
      <SharedStoreProvider
        join={() =>
          joinSharedStore({ app: 'remote', name, slices: [{ key: 'cart', reducer: () => 1 }] })
        }
      >
        <Out />
      </SharedStoreProvider>
    </Boundary>,
  );
  await vi.waitFor(() => expect(text()).toMatch(/'cart' .*'host'/));
  logged.mockRestore();
  host.leave();
});

it.each([
  ['a promise', async () => joinSharedStore({ app: 'late' })],
  ['nothing', () => undefined],
  ['a store', () => joinSharedStore({ app: 'late' }).store],
])('says so where it is given %s', async (_what, join) => {
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  render(
    <Boundary>
      <SharedStoreProvider join={join as never} />
    </Boundary>,
  );
  await vi.waitFor(() =>
    expect(text()).toMatch(/it was given a function that gives no membership/),
  );
  logged.mockRestore();
});

it('does not join any more once it is unmounted', async () => {
  delete pageRegistry()?.engine; // it is not loaded yet
  const join = vi.fn(() => joinSharedStore({ app: 'late' }));
  const { unmount } = render(<SharedStoreProvider join={join} />);
  unmount();
  await loadEngine();
  await new Promise((resolve) => setTimeout(resolve));
  expect(join).toHaveBeenCalledOnce(); // in vain
});

it('a server renders the fallback, with which the page begins', async () => {
  const join = () => joinSharedStore({ app: 'cart', slices: [cart] });
  const app = (
    <SharedStoreProvider join={join} fallback={<b data-testid="out">...</b>}>
      <Out />
    </SharedStoreProvider>
  );
  const element = document.body.appendChild(document.createElement('div'));
  element.innerHTML = renderToString(app);
  expect(text()).toBe('...');
  const onRecoverableError = vi.fn();
  const root = await act(() => hydrateRoot(element, app, { onRecoverableError }));
  expect(text()).toBe('0');
  expect(onRecoverableError).not.toHaveBeenCalled();
  act(() => root.unmount());
  element.remove();
});
