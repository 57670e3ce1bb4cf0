// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { defineSlice, joinSharedStore, loadEngine, type Membership } from 'isthmus';
import { SharedStoreProvider, useReady, useSharedValue } from 'isthmus/react';
import { Component, StrictMode, Suspense, use, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

await loadEngine();

const auth = defineSlice({ name: 'auth', initialState: { user: 'Ada' }, reducers: {} });
let app: Membership;
let renders = 0;

beforeEach(() => {
  app = joinSharedStore({ app: 'remote', name: crypto.randomUUID() });
  renders = 0;
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

class Boundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};
  static getDerivedStateFromError(error: Error) {
    return { error };
  }
  override render() {
    const { error } = this.state;
    return error === undefined ? this.props.children : `${error.message}: ${error.cause}`;
  }
}

const usePromise = () => use(app.store.whenReady('auth'));
const useSuspending = () => void useReady('auth', { suspend: true });

const ways: Record<string, () => void> = {
  'use(store.whenReady(key))': usePromise,
  'useReady(key, { suspend: true })': useSuspending,
};

describe.each(Object.keys(ways))('%s', (way) => {
  function User() {
    renders += 1;
    ways[way]!();
    return <b>{String(useSharedValue(['auth', 'user']))}</b>;
  }
  const show = async () => {
    const tree = (
      <StrictMode>
        <SharedStoreProvider membership={app}>
          <Boundary>
            <Suspense fallback="waiting">
              <User />
            </Suspense>
          </Boundary>
        </SharedStoreProvider>
      </StrictMode>
    );
    const shown = await act(async () => render(tree));
    return () => [...shown.container.childNodes].map(visibleText).join('');
  };
  /** React hides what it had shown while it waits again. */
  const visibleText = (node: Node): string | null =>
    node instanceof HTMLElement && node.style.display === 'none' ? '' : node.textContent;

  it('waits for the slice, and does not render meanwhile', async () => {
    const text = await show();
    expect(text()).toBe('waiting');
    const before = renders;
    await act(async () => app.store.markLoading('other'));
    await act(async () => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(renders).toBe(before);
    await act(async () => void app.inject(auth));
    expect(text()).toBe('Ada');
  });

  it('shows a slice that is ready', async () => {
    app.inject(auth);
    const text = await show();
    expect(text()).toBe('Ada');
    expect(renders).toBeLessThan(10);
  });

  it('gives the reason of a failure to the error boundary', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    app.store.markLoading('auth');
    const text = await show();
    await act(async () => app.store.markFailed('auth', 'no network'));
    expect(text()).toBe("the slice 'auth' has failed to load: no network");
  });

  it('gives it a failure of before, too', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    app.store.markFailed('auth', 'no network');
    const text = await show();
    expect(text()).toMatch('no network');
    expect(renders).toBeLessThan(10);
  });
});

it('a component that suspends waits again when its slice is loading again', async () => {
  function User() {
    useReady('auth', { suspend: true });
    return <b>{String(useSharedValue(['auth', 'user']))}</b>;
  }
  app.inject(auth);
  const { container } = await act(async () =>
    render(
      <SharedStoreProvider membership={app}>
        <Suspense fallback={<i>waiting</i>}>
          <User />
        </Suspense>
      </SharedStoreProvider>,
    ),
  );
  await act(async () => app.store.markLoading('auth'));
  expect(container.querySelector('i')?.textContent).toBe('waiting');
  await act(async () => app.store.hydrate('auth', { user: 'Grace' }));
  expect(container.querySelector('i')).toBeNull();
  expect(container.textContent).toBe('Grace');
});
