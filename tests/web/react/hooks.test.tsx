// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import {
  createIsolatedStore,
  defineSlice,
  joinSharedStore,
  loadEngine,
  type AnyState,
  type SharedStore,
} from 'isthmus';
import { inc, payload, set } from 'isthmus/program';
import {
  SharedStoreProvider,
  useReady,
  useSharedDispatch,
  useSharedSelector,
  useSharedStore,
  useSharedValue,
} from 'isthmus/react';
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

await loadEngine();

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0, note: 'none', items: [{ sku: 'a' }] },
  reducers: { add: [inc('/count')], note: [set('/note', payload())] },
});
const { add, note } = cart.actions;
const profile = { key: 'profile', reducer: (state = 'Ada') => state };

let store: SharedStore;
const dispatch = (...actions: { type: string }[]) =>
  act(() => actions.forEach((it) => store.dispatch(it)));
const text = () => screen.getByTestId('out').textContent;
const Out = ({ children }: { children: ReactNode }) => <b data-testid="out">{children}</b>;

beforeEach(() => {
  store = createIsolatedStore({ name: 'app', slices: [cart] });
});
afterEach(cleanup);

/** Renders a component below a provider and counts how often it renders. */
function show(useIt: () => unknown) {
  const renders = vi.fn();
  function Shown() {
    renders();
    return <Out>{String(useIt())}</Out>;
  }
  const view = render(
    <SharedStoreProvider store={store}>
      <Shown />
    </SharedStoreProvider>,
  );
  return { ...view, renders };
}

describe('useSharedValue', () => {
  it('renders again when its value changes, and only then', () => {
    const { renders } = show(() => useSharedValue(['cart', 'count']));
    expect(text()).toBe('0');
    dispatch(add());
    expect(text()).toBe('1');
    dispatch(note('x'), { type: 'unknown' });
    expect(renders).toHaveBeenCalledTimes(2);
  });

  it('is undefined for a slice that is not there, until it is', () => {
    show(() => useSharedValue(['profile']));
    expect(text()).toBe('undefined');
    act(() => store.registerReducer('profile', profile.reducer as never));
    expect(text()).toBe('Ada');
    act(() => store.unregisterReducer('profile'));
    expect(text()).toBe('undefined');
  });

  it('follows a path that changes', () => {
    const Value = ({ path }: { path: string[] }) => <Out>{String(useSharedValue(path))}</Out>;
    const tree = (path: string[]) => (
      <SharedStoreProvider store={store}>
        <Value path={path} />
      </SharedStoreProvider>
    );
    const { rerender } = render(tree(['cart', 'count']));
    rerender(tree(['cart', 'note']));
    expect(text()).toBe('none');
    expect(store.inspect().watchers).toBe(1);
  });

  it('keeps its watch while its path is another array of the same tokens', () => {
    const watch = vi.fn(store.watch);
    const Value = () => <Out>{String(useSharedValue(['cart', 'count']))}</Out>;
    const tree = (of: SharedStore) => (
      <SharedStoreProvider store={of}>{<Value />}</SharedStoreProvider>
    );
    const observed = { ...store, watch };
    const { rerender } = render(tree(observed));
    rerender(tree(observed));
    dispatch(add(), add());
    expect([text(), watch.mock.calls.length]).toEqual(['2', 1]);
  });

  it('ends its watch with the component', () => {
    const { unmount } = show(() => useSharedValue(['cart']));
    expect(store.inspect().watchers).toBe(1);
    unmount();
    expect(store.inspect().watchers).toBe(0);
  });
});

describe('useSharedSelector', () => {
  interface State {
    cart: { count: number; note: string; items: { sku: string }[] };
  }

  it('renders again when the selected value changes, and only then', () => {
    const { renders } = show(() => useSharedSelector(({ cart }: State) => cart.count > 1));
    expect(text()).toBe('false');
    dispatch(add());
    expect(renders).toHaveBeenCalledTimes(1);
    dispatch(add());
    expect([text(), renders.mock.calls.length]).toEqual(['true', 2]);
  });

  it('takes a comparison for an inline selector that makes new objects', () => {
    const same = (a: string[], b: string[]) => a.join() === b.join();
    const { renders } = show(() =>
      useSharedSelector(({ cart }: State) => cart.items.map(({ sku }) => sku), same),
    );
    dispatch(add(), note('x'));
    expect([text(), renders.mock.calls.length]).toEqual(['a', 1]);
  });

  it('selects the same object while nothing changed, so that effects do not run', () => {
    const selected: unknown[] = [];
    const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
    const select = ({ cart }: State) => ({ count: cart.count });
    const useObject = () => void selected.push(useSharedSelector(select, same));
    const tree = <SharedStoreProvider store={store}>{<Use use={useObject} />}</SharedStoreProvider>;
    const { rerender } = render(tree);
    dispatch(note('x'));
    rerender(<SharedStoreProvider store={store}>{<Use use={useObject} />}</SharedStoreProvider>);
    expect(new Set(selected).size).toBe(1);
  });

  it('uses the selector of the latest render', () => {
    function Field({ name }: { name: 'count' | 'note' }) {
      return <Out>{useSharedSelector(({ cart }: State) => cart[name])}</Out>;
    }
    const tree = (name: 'count' | 'note') => (
      <SharedStoreProvider store={store}>
        <Field name={name} />
      </SharedStoreProvider>
    );
    const { rerender } = render(tree('count'));
    rerender(tree('note'));
    expect(text()).toBe('none');
    dispatch(note('new'));
    expect(text()).toBe('new');
  });

  const Use = ({ use }: { use: () => void }) => (use(), null);
});

describe('useSharedDispatch', () => {
  it('is stable, and dispatches', () => {
    const seen = new Set<unknown>();
    show(() => {
      seen.add(useSharedDispatch());
      return useSharedValue(['cart', 'count']);
    });
    act(() => void ([...seen][0] as SharedStore['dispatch'])(add()));
    expect([text(), seen.size]).toEqual(['1', 1]);
  });
});

describe('the provider', () => {
  it("gives the nearest store, the membership's by default", () => {
    const membership = joinSharedStore({ app: 'remote', name: 'inner' });
    const Name = () => <Out>{useSharedStore().name}</Out>;
    render(
      <SharedStoreProvider store={store}>
        <SharedStoreProvider membership={membership}>
          <Name />
        </SharedStoreProvider>
      </SharedStoreProvider>,
    );
    expect(text()).toBe('inner');
  });

  it('can be left out on a page with a shared store', () => {
    const { store } = joinSharedStore({ app: 'host' });
    const Name = () => <Out>{String(useSharedStore() === store)}</Out>;
    render(<Name />);
    expect(text()).toBe('true');
  });
});

describe('rendering on a server', () => {
  it('shows the state of the store that is passed', () => {
    store.dispatch(add());
    function Cart() {
      const { count } = useSharedSelector((root: AnyState) => root.cart as { count: number });
      return (
        <p>
          {String(useSharedValue(['cart', 'note']))} {count} {String(useReady('cart'))}
        </p>
      );
    }
    const html = renderToString(<SharedStoreProvider store={store} children={<Cart />} />);
    expect(html.replaceAll('<!-- -->', '')).toBe('<p>none 1 true</p>');
  });
});
