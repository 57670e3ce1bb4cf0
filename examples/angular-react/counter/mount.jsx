import { createRoot } from 'react-dom/client';
import { joinSharedStore } from 'isthmus';
import { SharedStoreProvider, useSharedDispatch, useSharedValue } from 'isthmus/react';
import { counter } from './counter-slice.js';

function Counter() {
  const count = useSharedValue(counter, (state) => state.count);
  const dispatch = useSharedDispatch();
  return <button onClick={() => dispatch(counter.actions.add(1))}>Remote: {count}</button>;
}

export function mount(element) {
  const membership = joinSharedStore({ app: 'counter', slices: [counter] });
  const root = createRoot(element);
  root.render(
    <SharedStoreProvider membership={membership}>
      <Counter />
    </SharedStoreProvider>,
  );
  return () => {
    root.unmount();
    membership.leave();
  };
}
