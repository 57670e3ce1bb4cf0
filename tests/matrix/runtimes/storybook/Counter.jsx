import { defineSlice } from 'isthmus';
import { useSharedDispatch, useSharedValue } from 'isthmus/react';

export const counter = defineSlice({
  name: 'counter',
  initialState: { count: 3 },
  reducers: {
    add(state, { payload }) {
      state.count += payload;
    },
  },
});

export function Counter() {
  const count = useSharedValue(counter, (state) => state.count);
  const dispatch = useSharedDispatch();
  return <button onClick={() => dispatch(counter.actions.add(1))}>Count: {count}</button>;
}
