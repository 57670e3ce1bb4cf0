'use client';

import { joinSharedStore } from 'isthmus';
import { SharedStoreProvider, useSharedDispatch, useSharedValue } from 'isthmus/react';
import { counter } from './counter-slice.js';

/** Shows the server's state at once; what is clicked until the browser has joined the store waits for it. */
export default function Counter({ serverState }) {
  const join = () =>
    joinSharedStore({ app: 'page', slices: [counter], preloadedState: serverState });
  return (
    <SharedStoreProvider join={join} serverState={serverState}>
      <View />
    </SharedStoreProvider>
  );
}

function View() {
  const count = useSharedValue(counter, (state) => state.count);
  const dispatch = useSharedDispatch();
  return (
    <>
      <h1>Host: {count}</h1>
      <button onClick={() => dispatch(counter.actions.add(1))}>Remote: {count}</button>
    </>
  );
}
