'use client';

import { joinSharedStore } from 'isthmus';
import { SharedStoreProvider, useSharedDispatch, useSharedValue } from 'isthmus/react';
import { counter } from './counter-slice.js';

/** The server's count until the browser has joined the store, which begins with it. */
export default function Counter({ serverState }) {
  const join = () =>
    joinSharedStore({ app: 'page', slices: [counter], preloadedState: serverState });
  return (
    <SharedStoreProvider join={join} fallback={<View count={serverState.counter.count} />}>
      <SharedCounter />
    </SharedStoreProvider>
  );
}

function SharedCounter() {
  const count = useSharedValue(counter, (state) => state.count);
  const dispatch = useSharedDispatch();
  return <View count={count} onAdd={() => dispatch(counter.actions.add(1))} />;
}

function View({ count, onAdd }) {
  return (
    <>
      <h1>Host: {count}</h1>
      <button onClick={onAdd} disabled={onAdd === undefined}>
        Remote: {count}
      </button>
    </>
  );
}
