import { configureStore, createSlice } from '@reduxjs/toolkit';
import { subscribed } from '../../changing.mjs';

/** As it comes for production, where the default middleware is thunk alone and nothing checks the state. */
export function open() {
  const { reducer, actions } = createSlice({
    name: 'counter',
    initialState: { value: 0 },
    reducers: { add: (state) => void (state.value += 1) },
  });
  const store = configureStore({ reducer: { counter: reducer } });
  return subscribed(
    store,
    () => store.dispatch(actions.add()),
    ({ counter }) => counter.value,
  );
}
