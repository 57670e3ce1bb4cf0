import { configureStore, createSlice } from '@reduxjs/toolkit';
import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider, useDispatch, useSelector } from 'react-redux';
import { watchStart } from '../watch-start.mjs';

const counter = createSlice({
  name: 'counter',
  initialState: { value: 0 },
  reducers: { add: (state) => void (state.value += 1) },
});

function Counter() {
  const value = useSelector((state) => state.counter.value);
  const dispatch = useDispatch();
  return h('button', { onClick: () => dispatch(counter.actions.add()) }, value);
}

const store = configureStore({ reducer: { counter: counter.reducer } });
createRoot(watchStart()).render(h(Provider, { store }, h(Counter)));
