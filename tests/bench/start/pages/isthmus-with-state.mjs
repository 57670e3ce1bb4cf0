import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { crossApp, defineSlice, joinSharedStore } from 'isthmus';
import { inc } from 'isthmus/program';
import { SharedStoreProvider, useSharedDispatch, useSharedValue } from 'isthmus/react';
import { watchStart } from '../watch-start.mjs';

const serverState = { counter: { value: 0 } };

const counter = defineSlice({
  name: 'counter',
  initialState: serverState.counter,
  reducers: { add: [inc('/value')] },
  contract: { 'counter/add': {} },
});

function Counter() {
  const value = useSharedValue(counter, (state) => state.value);
  const dispatch = useSharedDispatch();
  return h('button', { onClick: () => dispatch(crossApp(counter.actions.add())) }, value);
}

const join = () => joinSharedStore({ app: 'page', slices: [counter], preloadedState: serverState });

createRoot(watchStart()).render(h(SharedStoreProvider, { join, serverState }, h(Counter)));
