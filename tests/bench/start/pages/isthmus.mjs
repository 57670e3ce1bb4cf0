import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { crossApp, defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { inc } from 'isthmus/program';
import { SharedStoreProvider, useSharedDispatch, useSharedValue } from 'isthmus/react';
import { watchStart } from '../watch-start.mjs';

const counter = defineSlice({
  name: 'counter',
  initialState: { value: 0 },
  reducers: { add: [inc('/value')] },
  contract: { 'counter/add': {} },
});

function Counter() {
  const value = useSharedValue(counter, (state) => state.value);
  const dispatch = useSharedDispatch();
  return h('button', { onClick: () => dispatch(crossApp(counter.actions.add())) }, value);
}

async function start(root) {
  await loadEngine();
  const membership = joinSharedStore({ app: 'page', slices: [counter] });
  createRoot(root).render(h(SharedStoreProvider, { membership }, h(Counter)));
}

void start(watchStart());
