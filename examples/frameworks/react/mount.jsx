import { createRoot } from 'react-dom/client';
import { useSharedDispatch, useSharedValue } from 'isthmus/react';
import { counter } from '../shared/counter.js';

function Counter() {
  const count = useSharedValue(counter, (state) => state.count);
  const dispatch = useSharedDispatch();
  return <button onClick={() => dispatch(counter.actions.add(1))}>React: {count}</button>;
}

export function mount(element) {
  const root = createRoot(element);
  root.render(<Counter />);
  return () => root.unmount();
}
