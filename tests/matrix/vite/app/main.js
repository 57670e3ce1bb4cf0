import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { crossApp, defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { inc } from 'isthmus/program';
import { SharedStoreProvider, useSharedDispatch, useSharedValue } from 'isthmus/react';

const counter = defineSlice({
  name: 'counter',
  initialState: { count: 0 },
  reducers: { add: [inc('/count')] },
  contract: { 'counter/add': {} },
});

function Counter() {
  const count = useSharedValue(counter, (state) => state.count);
  const dispatch = useSharedDispatch();
  const onClick = () => dispatch(crossApp(counter.actions.add()));
  return createElement('button', { onClick }, count);
}

const root = createRoot(document.querySelector('main'));
try {
  await loadEngine();
  const membership = joinSharedStore({ app: 'app', slices: [counter] });
  root.render(createElement(SharedStoreProvider, { membership }, createElement(Counter)));
} catch (error) {
  root.render(String(error));
}
