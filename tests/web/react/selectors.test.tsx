// @vitest-environment jsdom
import { createSelector } from '@reduxjs/toolkit';
import { act, cleanup, render } from '@testing-library/react';
import { createIsolatedStore, defineSlice, loadEngine, type SharedStore } from 'isthmus';
import { inc, payload, set } from 'isthmus/program';
import { SharedStoreProvider, useSharedSelector } from 'isthmus/react';
import { produce } from 'immer';
import { Component, memo, StrictMode, useState, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

await loadEngine();

interface State {
  cart: { count: number };
  ui: { tab: string };
  profile: string;
  extra?: number;
}

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count')] },
  on: { both: [inc('/count')] },
});
const ui = defineSlice({
  name: 'ui',
  initialState: { tab: 'home' },
  reducers: { open: [set('/tab', payload())] },
});
const profile = (state = 'Ada', action: { type: string; payload?: string }) =>
  action.type === 'rename' ? action.payload! : action.type === 'both' ? `${state}+` : state;
const extra = { key: 'extra', reducer: (state = 7) => state };
const { add } = cart.actions;
const { open } = ui.actions;
const rename = (name: string) => ({ type: 'rename', payload: name });
const both = { type: 'both' };

let store: SharedStore;
const dispatch = (...actions: { type: string }[]) =>
  act(() => actions.forEach((it) => store.dispatch(it)));

beforeEach(() => {
  const reducers = { profile: profile as never };
  store = createIsolatedStore({ name: 'app', slices: [cart, ui], reducers });
});
afterEach(cleanup);

const Provided = ({ children }: { children?: ReactNode }) => (
  <SharedStoreProvider store={store}>{children}</SharedStoreProvider>
);

/** Mounts one component with the selector; tells what it shows, its runs and its renders. */
function select(selector: (state: State) => unknown) {
  const run = vi.fn(selector);
  const rendered = vi.fn();
  function Shown() {
    rendered();
    return <>{JSON.stringify(useSharedSelector(run))}</>;
  }
  const { container, unmount } = render(<Shown />, { wrapper: Provided });
  const runs = () => run.mock.calls.length;
  return { text: () => container.textContent, runs, rendered, unmount };
}

describe('a selector runs again', () => {
  it('when a slice that it has read has changed, and not for another one', () => {
    const { text, runs, rendered } = select(({ cart }) => cart.count);
    expect(runs()).toBe(1);
    dispatch(open('list'), rename('Grace'), { type: 'unknown' });
    expect([runs(), rendered.mock.calls.length]).toEqual([1, 1]);
    dispatch(add());
    expect([text(), runs()]).toEqual(['1', 2]);
  });

  it('once for a dispatch that changes two of its slices', () => {
    const { text, runs } = select(({ cart, profile }) => `${cart.count} ${profile}`);
    dispatch(both);
    expect([text(), runs()]).toEqual(['"1 Ada+"', 2]);
  });

  it('for the slices of its last run, as its branches lead it', () => {
    const { text, runs } = select((state) =>
      state.ui.tab === 'cart' ? state.cart.count : state.profile,
    );
    dispatch(add());
    expect(runs()).toBe(1);
    dispatch(open('cart'));
    expect(text()).toBe('1');
    const before = runs();
    dispatch(rename('Grace'));
    expect(runs()).toBe(before);
    dispatch(add());
    expect(text()).toBe('2');
    dispatch(open('home'));
    expect(text()).toBe('"Grace"');
    dispatch(rename('Joan'));
    expect(text()).toBe('"Joan"');
  });

  it('when a slice that it has missed is injected, and when that one goes', () => {
    const { text } = select(({ extra }) => extra ?? 'none');
    act(() => store.registerReducer(extra.key, extra.reducer as never));
    expect(text()).toBe('7');
    act(() => store.unregisterReducer(extra.key));
    expect(text()).toBe('"none"');
  });

  it('never, if all it gives is a constant', () => {
    const { runs } = select(() => 5);
    dispatch(add(), open('x'), rename('y'));
    expect(runs()).toBe(1);
  });
});

describe('the root as a whole', () => {
  const identity = (state: State) => state;
  it.each<[string, (state: State) => unknown]>([
    ['its keys', (state) => Object.keys(state).length],
    ['a spread', (state) => ({ ...state })],
    ['in', (state) => 'extra' in state],
    ['hasOwn', (state) => Object.hasOwn(state, 'extra')],
    ['JSON', (state) => JSON.stringify(state)],
    ['Immer', (state) => produce(state, (draft) => void (draft.profile += '!'))],
    ['itself', identity],
    ['itself within a result', (state) => [state]],
  ])('read by %s depends on all slices', (_how, selector) => {
    const { text } = select(selector);
    const expected = () => JSON.stringify(selector(store.getState() as unknown as State));
    dispatch(add());
    expect(text()).toBe(expected());
    dispatch(rename('Grace'));
    expect(text()).toBe(expected());
    act(() => store.registerReducer(extra.key, extra.reducer as never));
    expect(text()).toBe(expected());
    expect(text()).toMatch(/extra|true|4/);
  });

  it('is the state itself when it is selected', () => {
    let selected: unknown;
    const Whole = () => ((selected = useSharedSelector(identity)), null);
    render(<Whole />, { wrapper: Provided });
    expect(selected).toBe(store.getState());
  });
});

describe('a memoised selector', () => {
  it('that several components share has its reads seen for each', () => {
    const select = createSelector(
      [({ cart }: State) => cart.count, ({ profile }: State) => profile],
      (count, name) => ({ count, name }),
    );
    const Shown = () => <i>{JSON.stringify(useSharedSelector(select))}</i>;
    const { container } = render(
      [1, 2, 3].map((i) => <Shown key={i} />),
      { wrapper: Provided },
    );
    const all = () => [...container.querySelectorAll('i')].map((it) => it.textContent);
    const thrice = (text: string) => [text, text, text];
    dispatch(rename('Grace'));
    expect(all()).toEqual(thrice('{"count":0,"name":"Grace"}'));
    dispatch(add());
    expect(all()).toEqual(thrice('{"count":1,"name":"Grace"}'));
    dispatch(open('list'), both);
    expect(all()).toEqual(thrice('{"count":2,"name":"Grace+"}'));
    expect(select.recomputations()).toBe(4);
  });

  it('that knows the root by its reference cannot hide what another user of it has read', () => {
    const known = new WeakMap<State, string>();
    const profileOf = (root: State) => {
      if (!known.has(root)) known.set(root, root.profile);
      return known.get(root)!;
    };
    const first = ({ ui }: State) => ui.tab;
    const later = (root: State) => (root.ui.tab === 'home' ? '-' : profileOf(root));
    const Shown = ({ selector }: { selector: (state: State) => string }) => (
      <i>{useSharedSelector(selector)}</i>
    );
    const inline = (root: State) => later(root);
    const { container } = render(
      [first, later, inline].map((selector, i) => <Shown key={i} selector={selector} />),
      { wrapper: Provided },
    );
    dispatch(open('list'));
    expect(container.textContent).toBe('listAdaAda');
    dispatch(rename('Joan'));
    expect(container.textContent).toBe('listJoanJoan');
  });
});

describe('a component', () => {
  it('keeps its subscription while its inline selector is another one in each render', () => {
    const Shown = ({ by }: { by: number }) => (
      <>{useSharedSelector(({ cart }: State) => cart.count * by)}</>
    );
    const watch = vi.fn(store.watch);
    const observed = { ...store, watch };
    const tree = (by: number) => (
      <SharedStoreProvider store={observed}>{<Shown by={by} />}</SharedStoreProvider>
    );
    const { rerender, container, unmount } = render(tree(1));
    dispatch(add());
    rerender(tree(10));
    expect(container.textContent).toBe('10');
    dispatch(add());
    expect(container.textContent).toBe('20');
    expect(watch).toHaveBeenCalledTimes(1);
    unmount();
    expect(store.inspect()).toMatchObject({ watchers: 0, listeners: 0 });
  });

  it('follows another store once it is given one', () => {
    const other = createIsolatedStore({ name: 'other', slices: [cart, ui] });
    const Shown = () => <>{useSharedSelector(({ cart }: State) => cart.count)}</>;
    const tree = (of: SharedStore) => (
      <SharedStoreProvider store={of}>{<Shown />}</SharedStoreProvider>
    );
    const { rerender, container } = render(tree(store));
    rerender(tree(other));
    act(() => void other.dispatch(add()));
    expect(container.textContent).toBe('1');
    expect(store.inspect().watchers).toBe(0);
  });

  it('in StrictMode is told, and leaves nothing behind', () => {
    const Shown = () => <>{useSharedSelector(({ cart }: State) => cart.count)}</>;
    const tree = <StrictMode>{<Provided>{<Shown />}</Provided>}</StrictMode>;
    const { container, unmount } = render(tree);
    dispatch(add());
    expect(container.textContent).toBe('1');
    unmount();
    expect(store.inspect()).toMatchObject({ watchers: 0, listeners: 0 });
  });

  it('that changes the state before its effects ran shows the latest', () => {
    const Shown = memo(() => <>{useSharedSelector(({ cart }: State) => cart.count)}</>);
    const Adding = () => (useState(() => void queueMicrotask(() => store.dispatch(add()))), null);
    const { container } = render([<Shown key="1" />, <Adding key="2" />], { wrapper: Provided });
    return vi.waitFor(() => expect(container.textContent).toBe('1'));
  });
});

describe('a selector that throws', () => {
  class Boundary extends Component<{ children: ReactNode }, { message?: string }> {
    override state: { message?: string } = {};
    static getDerivedStateFromError({ message }: Error) {
      return { message };
    }
    override render() {
      return this.state.message ?? this.props.children;
    }
  }

  it('because its component is about to go is forgotten', () => {
    const Item = () => <>{useSharedSelector(({ ui }: State) => nonEmpty(ui.tab).length)}</>;
    const nonEmpty = (text: string) => {
      if (text === '') throw new Error('empty');
      return text;
    };
    const List = () => (useSharedSelector(({ ui }: State) => ui.tab) === '' ? 'gone' : <Item />);
    const { container } = render(<List />, { wrapper: Provided });
    dispatch(open(''));
    expect(container.textContent).toBe('gone');
    dispatch(open('four'));
    expect(container.textContent).toBe('4');
  });

  it('goes to the error boundary', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const Item = () => {
      return useSharedSelector(({ cart }: State) => {
        if (cart.count > 0) throw new Error('too many');
        return 'fine';
      });
    };
    const { container } = render(<Boundary>{<Item />}</Boundary>, { wrapper: Provided });
    dispatch(add());
    expect(container.textContent).toBe('too many');
    vi.restoreAllMocks();
  });
});
