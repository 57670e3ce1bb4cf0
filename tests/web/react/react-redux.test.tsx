// @vitest-environment jsdom
import { createSlice } from '@reduxjs/toolkit';
import { act, cleanup, render, screen } from '@testing-library/react';
import { defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { inc } from 'isthmus/program';
import { Provider, useDispatch, useSelector } from 'react-redux';
import type { Store } from 'redux';
import { afterEach, expect, it, vi } from 'vitest';

await loadEngine();
afterEach(cleanup);

const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0, other: 0 },
  reducers: { add: [inc('/count')], touch: [inc('/other')] },
});
const profile = createSlice({
  name: 'profile',
  initialState: { name: 'Ada' },
  reducers: { rename: (state, { payload }: { payload: string }) => void (state.name = payload) },
});

interface State {
  cart: { count: number };
  profile?: { name: string };
}

it('react-redux and an RTK slice work on the shared store, and render only what changed', () => {
  const { store, inject } = joinSharedStore({ app: 'host', slices: [cart] });
  const renders = vi.fn();
  function Shown() {
    renders();
    const count = useSelector((state: State) => state.cart.count);
    const name = useSelector((state: State) => state.profile?.name);
    const dispatch = useDispatch();
    return <button onClick={() => dispatch(cart.actions.add())}>{`${count} ${name}`}</button>;
  }
  render(
    <Provider store={store as unknown as Store}>
      <Shown />
    </Provider>,
  );
  const text = () => screen.getByRole('button').textContent;
  expect(text()).toBe('0 undefined');
  act(() => screen.getByRole('button').click());
  expect(text()).toBe('1 undefined');
  act(() => void store.dispatch(cart.actions.touch()));
  expect(renders).toHaveBeenCalledTimes(2);
  act(() => void inject({ key: profile.name, reducer: profile.reducer }));
  act(() => void store.dispatch(profile.actions.rename('Grace')));
  expect(text()).toBe('1 Grace');
});
