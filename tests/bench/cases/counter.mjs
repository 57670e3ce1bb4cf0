import { createSlice, configureStore } from '@reduxjs/toolkit';
import { createIsolatedStore, defineSlice, inc } from 'isthmus';
import { combineReducers, createStore } from 'redux';

export const name = 'counter';
export const sizes = [1];

/** One dispatch, one listener called, the value read back. */
export function contenders() {
  return { isthmus: isthmus(), redux: redux(), rtk: rtk() };
}

function isthmus() {
  const counter = defineSlice({
    name: 'counter',
    initialState: { value: 0 },
    reducers: { add: [inc('/value')] },
  });
  const store = createIsolatedStore({ name: 'bench', slices: [counter] });
  let seen;
  store.watch(['counter', 'value'], () => (seen = store.read(['counter', 'value'])));
  const action = counter.actions.add();
  return () => (store.dispatch(action), seen);
}

function redux() {
  const counter = (state = { value: 0 }, { type }) =>
    type === 'counter/add' ? { value: state.value + 1 } : state;
  return listening(createStore(combineReducers({ counter })), { type: 'counter/add' });
}

function rtk() {
  const { reducer, actions } = createSlice({
    name: 'counter',
    initialState: { value: 0 },
    reducers: { add: (state) => void (state.value += 1) },
  });
  const store = configureStore({ reducer: { counter: reducer }, middleware: () => [] });
  return listening(store, actions.add());
}

function listening(store, action) {
  let seen;
  store.subscribe(() => (seen = store.getState().counter.value));
  return () => (store.dispatch(action), seen);
}
