// @vitest-environment jsdom
import { createSelector, createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { act, cleanup, render } from '@testing-library/react';
import { loadEngine } from 'isthmus';
import { Profiler, StrictMode, startTransition, useEffect, useState, type ReactNode } from 'react';
import { Provider, connect, shallowEqual, useDispatch, useSelector, useStore } from 'react-redux';
import type { Store } from 'redux';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { storeMakers } from './react-stores.js';

await loadEngine();
afterEach(cleanup);

const counter = createSlice({
  name: 'counter',
  initialState: { value: 0 },
  reducers: { add: (state, { payload }: PayloadAction<number>) => void (state.value += payload) },
});
interface Todo {
  id: number;
  text: string;
}
const todos = createSlice({
  name: 'todos',
  initialState: [{ id: 1, text: 'one' }] as Todo[],
  reducers: {
    push: (state, { payload }: PayloadAction<Todo>) => void state.push(payload),
    drop: (state, { payload }: PayloadAction<number>) => state.filter(({ id }) => id !== payload),
  },
});
const { add } = counter.actions;
const { push, drop } = todos.actions;

interface State {
  counter: { value: number };
  todos: Todo[];
}

describe.each(Object.keys(storeMakers))('react-redux on a store by %s', (maker) => {
  let store: Store;
  const Root = ({ children }: { children?: ReactNode }) => (
    <Provider store={store}>{children}</Provider>
  );
  const show = (children: ReactNode) => render(children, { wrapper: Root }).container;
  const dispatch = (action: { type: string }) => act(() => void store.dispatch(action));

  beforeEach(() => {
    store = storeMakers[maker]!({ counter: counter.reducer, todos: todos.reducer });
  });

  describe('useSelector', () => {
    it('shows what is selected, and renders again only when that changes', () => {
      const onRender = vi.fn();
      const Count = () => <>{useSelector((state: State) => state.counter.value)}</>;
      const shown = show(<Profiler id="count" onRender={onRender} children={<Count />} />);
      expect(shown.textContent).toBe('0');
      dispatch(add(2));
      expect(shown.textContent).toBe('2');
      dispatch(push({ id: 2, text: 'two' }));
      expect(onRender).toHaveBeenCalledTimes(2);
    });

    it('compares by reference unless it is told how', () => {
      const onRender = vi.fn();
      const select = ({ todos }: State) => ({ count: todos.length });
      const Count = () => <>{useSelector(select, shallowEqual).count}</>;
      const shown = show(<Profiler id="count" onRender={onRender} children={<Count />} />);
      dispatch(add(1));
      expect(onRender).toHaveBeenCalledTimes(1);
      dispatch(push({ id: 2, text: 'two' }));
      expect(shown.textContent).toBe('2');
    });

    it('uses the props of the latest render', () => {
      const Text = ({ id }: { id: number }) => (
        <>{useSelector(({ todos }: State) => todos.find((todo) => todo.id === id)?.text)}</>
      );
      store.dispatch(push({ id: 2, text: 'two' }));
      const { container, rerender } = render(<Text id={1} />, { wrapper: Root });
      rerender(<Text id={2} />);
      expect(container.textContent).toBe('two');
    });

    it('does not show an item that its parent is about to take away', () => {
      const Item = ({ id }: { id: number }) => (
        <i>{useSelector(({ todos }: State) => todos.find((todo) => todo.id === id)!.text)}</i>
      );
      const List = () =>
        useSelector(({ todos }: State) => todos).map(({ id }) => <Item key={id} id={id} />);
      const shown = show(<List />);
      dispatch(push({ id: 2, text: 'two' }));
      dispatch(drop(1));
      expect(shown.textContent).toBe('two');
    });

    it('runs a memoised selector once for all who use it', () => {
      const longest = vi.fn((all: Todo[]) => Math.max(...all.map(({ text }) => text.length)));
      const select = createSelector([(state: State) => state.todos], longest);
      const Longest = () => <i>{useSelector(select)}</i>;
      const shown = show([1, 2, 3].map((i) => <Longest key={i} />));
      const before = longest.mock.calls.length;
      dispatch(push({ id: 2, text: 'longer' }));
      dispatch(add(1));
      expect(shown.textContent).toBe('666');
      expect(longest.mock.calls.length).toBe(before + 1);
    });

    it('shows what an effect has dispatched', () => {
      const Count = () => {
        const dispatch = useDispatch();
        useEffect(() => void dispatch(add(5)), [dispatch]);
        return <>{useSelector((state: State) => state.counter.value)}</>;
      };
      expect(show(<Count />).textContent).toBe('5');
    });

    it('works in StrictMode, and ends with its component', () => {
      const Count = () => <>{useSelector((state: State) => state.counter.value)}</>;
      const { container, unmount } = render(
        <StrictMode>
          <Root>
            <Count />
          </Root>
        </StrictMode>,
      );
      dispatch(add(1));
      expect(container.textContent).toBe('1');
      unmount();
      expect(() => store.dispatch(add(1))).not.toThrow();
    });

    it('shows one state in all components after a transition and a dispatch', async () => {
      const Count = () => <i>{useSelector((state: State) => state.counter.value)}</i>;
      let setCount!: (count: number) => void;
      const List = () => {
        const [count, set] = useState(2);
        setCount = set;
        return Array.from({ length: count }, (_, i) => <Count key={i} />);
      };
      const shown = show(<List />);
      await act(async () => {
        startTransition(() => setCount(4));
        store.dispatch(add(1));
      });
      expect(shown.textContent).toBe('1111');
    });
  });

  describe('useStore and useDispatch', () => {
    it('give the very store, and a dispatch that stays the same', () => {
      const seen = new Set<unknown>();
      const Count = () => {
        seen.add(useDispatch());
        const { value } = useSelector((state: State) => state.counter);
        return <>{String(useStore() === store) + value}</>;
      };
      const shown = show(<Count />);
      dispatch(add(1));
      expect([shown.textContent, seen.size]).toEqual(['true1', 1]);
    });

    it('dispatch from an event', () => {
      const Add = () => {
        const dispatch = useDispatch();
        const value = useSelector((state: State) => state.counter.value);
        return <button onClick={() => dispatch(add(3))}>{value}</button>;
      };
      const shown = show(<Add />);
      act(() => shown.querySelector('button')!.click());
      expect(shown.textContent).toBe('3');
    });
  });

  describe('connect', () => {
    const View = ({ value, by, add }: { value: number; by: number; add(by: number): unknown }) => (
      <button onClick={() => add(by)}>{value}</button>
    );

    it('maps state and dispatch to props', () => {
      const Counter = connect(({ counter }: State) => ({ value: counter.value }), { add })(View);
      const shown = show(<Counter by={4} />);
      act(() => shown.querySelector('button')!.click());
      expect(shown.textContent).toBe('4');
    });

    it('renders again only when the mapped props change', () => {
      const view = vi.fn(View);
      const Counter = connect(({ counter }: State) => ({ value: counter.value }), { add })(view);
      show(<Counter by={1} />);
      dispatch(push({ id: 2, text: 'two' }));
      expect(view).toHaveBeenCalledTimes(1);
      dispatch(add(1));
      expect(view).toHaveBeenCalledTimes(2);
    });

    it('tells parents before their children', () => {
      const Item = connect(({ todos }: State, { id }: { id: number }) => ({
        text: todos.find((todo) => todo.id === id)!.text,
      }))(({ text }: { text: string }) => <i>{text}</i>);
      const List = connect(({ todos }: State) => ({ ids: todos.map(({ id }) => id).join() }))(
        ({ ids }: { ids: string }) => ids.split(',').map((id) => <Item key={id} id={Number(id)} />),
      );
      const shown = show(<List />);
      dispatch(push({ id: 2, text: 'two' }));
      dispatch(drop(1));
      expect(shown.textContent).toBe('two');
    });
  });

  it('a Provider takes another store', () => {
    const other = storeMakers[maker]!({ counter: counter.reducer, todos: todos.reducer });
    other.dispatch(add(9));
    const Count = () => <>{useSelector((state: State) => state.counter.value)}</>;
    const tree = (of: Store) => <Provider store={of}>{<Count />}</Provider>;
    const { container, rerender } = render(tree(store));
    rerender(tree(other));
    expect(container.textContent).toBe('9');
    act(() => void other.dispatch(add(1)));
    expect(container.textContent).toBe('10');
  });
});
