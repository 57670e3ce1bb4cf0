// @vitest-environment jsdom
import { createSlice } from '@reduxjs/toolkit';
import { act, cleanup, render, screen } from '@testing-library/react';
import {
  createIsolatedStore,
  defineSlice,
  IsthmusError,
  joinSharedStore,
  loadEngine,
  type Action,
  type AnyState,
  type SharedStore,
} from 'isthmus';
import { inc, payload, push, set } from 'isthmus/program';
import {
  SharedStoreProvider,
  useSharedDispatch,
  useSharedSelector,
  useSharedStore,
  useSharedValue,
  useSlice,
} from 'isthmus/react';
import { Component, useState, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { thunk, type ThunkDispatch } from 'redux-thunk';
import { afterEach, describe, expect, it, vi } from 'vitest';

await loadEngine();
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const cart = defineSlice({
  name: 'cart',
  initialState: { items: [{ sku: 'a', qty: 1 }], note: 'none' },
  reducers: {
    grow: [inc('/items/0/qty')],
    add: [push('/items', payload())],
    rename: [set('/note', payload())],
  },
});
const { grow, add, rename } = cart.actions;
const profile = createSlice({
  name: 'profile',
  reducerPath: 'me',
  initialState: { name: 'Ada' },
  reducers: { rename: (state, { payload }: { payload: string }) => void (state.name = payload) },
});

const text = () => screen.getByTestId('out').textContent;
const Out = ({ children }: { children: ReactNode }) => <b data-testid="out">{children}</b>;

/** A store whose `watch` is noted, and a component below its provider. */
function show(useIt: () => ReactNode) {
  const own = createIsolatedStore({ name: 'app', slices: [cart, profile], middleware: [thunk] });
  const watch = vi.fn(own.watch);
  const store: SharedStore = { ...own, watch };
  const renders = vi.fn();
  function Shown() {
    renders();
    return <Out>{useIt()}</Out>;
  }
  render(
    <SharedStoreProvider store={store}>
      <Shown />
    </SharedStoreProvider>,
  );
  return { store, watch, renders };
}

describe('useSharedValue with a pick', () => {
  it('shows what the pick leads to and renders again only when that has changed', () => {
    const { store, renders } = show(() => useSharedValue(cart, (state) => state.items[0]?.qty));
    expect(text()).toBe('1');
    act(() => void store.dispatch(rename('other')));
    act(() => void store.dispatch(add({ sku: 'b', qty: 9 })));
    expect(renders).toHaveBeenCalledTimes(1);
    act(() => void store.dispatch(grow()));
    expect(text()).toBe('2');
    expect(renders).toHaveBeenCalledTimes(2);
  });

  it('is subscribed once, although an inline pick is another function in each render', () => {
    let renderAgain: () => void;
    const { store, watch, renders } = show(() => {
      const [n, setN] = useState(0);
      renderAgain = () => setN(n + 1);
      return useSharedValue(cart, (state) => state.items[0]?.qty);
    });
    for (let i = 0; i < 5; i++) act(() => renderAgain());
    expect(renders).toHaveBeenCalledTimes(6);
    expect(watch).toHaveBeenCalledTimes(1);
    expect(watch).toHaveBeenCalledWith(['cart', 'items', '0', 'qty'], expect.any(Function));
    expect(store.inspect().watchers).toBe(1);
  });

  it('is subscribed anew when the pick leads elsewhere, and not for as long as it does not', () => {
    let move: (to: number) => void;
    const { store, watch } = show(() => {
      const [i, setI] = useState(0);
      move = setI;
      return useSharedValue(cart, (state) => state.items[i]?.sku) ?? 'none';
    });
    act(() => move(1));
    expect(text()).toBe('none');
    act(() => void store.dispatch(add({ sku: 'b', qty: 9 })));
    expect(text()).toBe('b');
    act(() => move(0));
    expect(text()).toBe('a');
    expect(watch).toHaveBeenCalledTimes(3);
    expect(store.inspect().watchers).toBe(1);
  });

  it('shares the source of the same path, and of whole slices of Redux Toolkit', () => {
    const { store } = show(() => {
      const name = useSharedValue(profile, (state) => state.name);
      const path = useSharedValue(['me', 'name']);
      const whole = useSharedValue(profile, (state) => state);
      return `${name} ${path === name} ${whole?.name}`;
    });
    expect(text()).toBe('Ada true Ada');
    act(() => void store.dispatch(profile.actions.rename('Eve')));
    expect(text()).toBe('Eve true Eve');
  });

  it("renders on a server and hydrates with the server's state", () => {
    const store = createIsolatedStore({ name: 'app', slices: [cart] });
    const Note = () => <i>{useSharedValue(cart, (state) => state.note)}</i>;
    const html = renderToString(
      <SharedStoreProvider store={store} serverState={{ cart: { note: 'sent' } }}>
        <Note />
      </SharedStoreProvider>,
    );
    expect(html).toBe('<i>sent</i>');
  });

  it('that computes is an error that names useSharedSelector', () => {
    const errors: unknown[] = [];
    class Boundary extends Component<{ children: ReactNode }> {
      override state = { hasFailed: false };
      static getDerivedStateFromError(error: unknown) {
        errors.push(error);
        return { hasFailed: true };
      }
      override render() {
        return this.state.hasFailed ? null : this.props.children;
      }
    }
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const Count = () => useSharedValue(cart, (state) => state.items.length);
    const Wrong = () => useSharedValue('cart' as never, (state) => state);
    const store = createIsolatedStore({ name: 'app', slices: [cart] });
    for (const Failing of [Count, Wrong]) {
      render(
        <SharedStoreProvider store={store}>
          <Boundary>
            <Failing />
          </Boundary>
        </SharedStoreProvider>,
      );
    }
    expect(errors.every((error) => error instanceof IsthmusError)).toBe(true);
    expect(String(errors[0])).toMatch(/only follows properties.*useSharedSelector/);
    expect(String(errors.at(-1))).toMatch(/a slice comes from defineSlice/);
  });
});

describe('the hooks as users of Redux Toolkit know them', () => {
  it('withTypes gives the same hook', () => {
    expect(useSharedSelector.withTypes()).toBe(useSharedSelector);
    expect(useSharedDispatch.withTypes()).toBe(useSharedDispatch);
    expect(useSharedStore.withTypes()).toBe(useSharedStore);
  });

  it('useSharedSelector takes the equality as a function or as an option', () => {
    const same = () => true;
    const { store } = show(() => {
      const kept = useSharedSelector((state) => state.cart, same) as { note: string };
      const alsoKept = useSharedSelector((state) => state.cart, { equalityFn: same });
      const current = useSharedSelector((state) => state.cart, {}) as { note: string };
      return `${kept.note} ${alsoKept === kept} ${current.note}`;
    });
    act(() => void store.dispatch(rename('new')));
    expect(text()).toBe('none true new');
  });

  it('useSharedDispatch takes thunks where the store does', () => {
    const useAppDispatch =
      useSharedDispatch.withTypes<ThunkDispatch<AnyState, undefined, Action>>();
    const { store } = show(() => {
      const dispatch = useAppDispatch();
      useState(() => queueMicrotask(() => dispatch((inner) => void inner(rename('by a thunk')))));
      return useSharedValue(cart, (state) => state.note);
    });
    return vi.waitFor(() => expect(store.read(cart, ({ note }) => note)).toBe('by a thunk'));
  });

  it('useSlice finds the state of a slice of Redux Toolkit by its reducerPath', async () => {
    const membership = joinSharedStore({ app: 'remote', name: crypto.randomUUID() });
    const Name = () => <Out>{useSlice(profile)?.name ?? 'none'}</Out>;
    const { unmount } = render(
      <SharedStoreProvider membership={membership}>
        <Name />
      </SharedStoreProvider>,
    );
    expect(text()).toBe('Ada');
    expect(membership.store.inspect().slices).toMatchObject([{ key: 'me', owner: 'remote' }]);
    act(() => void membership.store.dispatch(profile.actions.rename('Eve')));
    expect(text()).toBe('Eve');
    unmount();
    await vi.waitFor(() => expect(membership.store.inspect().slices).toEqual([]));
  });
});
