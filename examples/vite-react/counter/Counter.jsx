import { joinSharedStore } from 'isthmus';
import { SharedStoreProvider, useSharedDispatch, useSharedValue } from 'isthmus/react';
import { counter } from './counter-slice.js';

const join = () => joinSharedStore({ app: 'counter', slices: [counter] });

function Button() {
  const count = useSharedValue(counter, (state) => state.count);
  const dispatch = useSharedDispatch();
  return <button onClick={() => dispatch(counter.actions.add(1))}>Remote: {count}</button>;
}

export default function Counter() {
  return (
    <SharedStoreProvider join={join}>
      <Button />
    </SharedStoreProvider>
  );
}
