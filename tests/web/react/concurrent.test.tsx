// @vitest-environment jsdom
import { createIsolatedStore, defineSlice, loadEngine, type SharedStore } from 'isthmus';
import { inc } from 'isthmus/program';
import { SharedStoreProvider, useSharedSelector, useSharedValue } from 'isthmus/react';
import { StrictMode, startTransition, useDeferredValue, useLayoutEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { describe, expect, it, vi } from 'vitest';

// Without `act`, so that React renders in slices of time, as it does in a page.
await loadEngine();

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count')] },
});
type State = { cart: { count: number } };

const countOf = ({ cart }: State) => cart.count;
const useValue = () => useSharedValue(['cart', 'count']);
const useStable = () => useSharedSelector(countOf);
const useInline = () => useSharedSelector(({ cart }: State) => cart.count);

const ways: Record<string, () => unknown> = {
  useSharedValue: useValue,
  'useSharedSelector, stable': useStable,
  'useSharedSelector, inline': useInline,
};

const CHILDREN = 8;
const frame = () => new Promise((resolve) => setTimeout(resolve));

/** Longer than one of React's slices, so that it yields after each child. */
function work() {
  const end = performance.now() + 8;
  while (performance.now() < end);
}

describe.each(Object.keys(ways))('%s', (way) => {
  /** The children that have begun to render in the transition under way. */
  let begun = 0;
  let onBegun = () => {};
  let commits: (string | null)[][];
  let update: (value: number) => void;
  let container: HTMLElement;

  function Child({ slow }: { slow: number }) {
    const value = ways[way]!();
    if (slow > 0) {
      begun += 1;
      onBegun();
      work();
    }
    return <i>{String(value)}</i>;
  }

  function Children({ shown }: { shown: number }) {
    useLayoutEffect(() => {
      const texts = [...container.querySelectorAll('i')].map((it) => it.textContent);
      commits.push(texts);
    });
    return Array.from({ length: CHILDREN }, (_, i) => <Child key={`${shown} ${i}`} slow={shown} />);
  }

  function InTransition() {
    const [shown, setShown] = useState(0);
    update = (value) => startTransition(() => setShown(value));
    return <Children shown={shown} />;
  }

  function Deferred() {
    const [value, setValue] = useState(0);
    update = setValue;
    return <Children shown={useDeferredValue(value)} />;
  }

  /** Once the first slice of the next render has ended: its work yields to what waits for this. */
  const firstSlice = () => new Promise<void>((resolve) => (onBegun = resolve));

  async function mount(App: () => React.ReactElement): Promise<[SharedStore, () => void]> {
    const store = createIsolatedStore({ name: 'app', slices: [cart] });
    container = document.createElement('div');
    [begun, commits] = [0, []];
    const root = createRoot(container);
    root.render(
      <StrictMode>
        <SharedStoreProvider store={store}>{<App />}</SharedStoreProvider>
      </StrictMode>,
    );
    await vi.waitFor(() => expect(container.querySelectorAll('i')).toHaveLength(CHILDREN));
    await frame();
    return [store, () => root.unmount()];
  }

  it.each([
    ['a transition', InTransition],
    ['a deferred value', Deferred],
  ])('shows one state in every commit, whatever is dispatched during %s', async (_how, App) => {
    const [store, unmount] = await mount(App);
    const isBegun = firstSlice();
    update(1);
    await isBegun;
    expect(begun).toBeLessThan(CHILDREN);
    store.dispatch(cart.actions.add());
    await vi.waitFor(() => expect(container.textContent).toBe('1'.repeat(CHILDREN)));
    store.dispatch(cart.actions.add());
    await vi.waitFor(() => expect(container.textContent).toBe('2'.repeat(CHILDREN)));
    for (const texts of commits) expect(new Set(texts).size).toBe(1);
    unmount();
    await vi.waitFor(() => expect(store.inspect()).toMatchObject({ watchers: 0, listeners: 0 }));
  });

  it('a render that is thrown away changes nothing for what stays', async () => {
    const [store, unmount] = await mount(InTransition);
    const isBegun = firstSlice();
    update(1);
    await isBegun;
    expect(begun).toBeLessThan(CHILDREN);
    update(0);
    store.dispatch(cart.actions.add());
    await vi.waitFor(() => expect(container.textContent).toBe('1'.repeat(CHILDREN)));
    unmount();
    await vi.waitFor(() => expect(store.inspect()).toMatchObject({ watchers: 0, listeners: 0 }));
  });
});
