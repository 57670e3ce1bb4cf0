// Prints what the store holds, and ends once nothing is left of it.

import { defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { inc, payload } from 'isthmus/program';

const counter = defineSlice({
  name: 'counter',
  initialState: { count: 0, last: 0 },
  reducers: {
    add: [inc('/count', payload())],
    note(state, action) {
      state.last = action.payload;
    },
  },
});

await loadEngine();
const { store, leave } = joinSharedStore({ app: 'program', slices: [counter] });
store.dispatch(counter.actions.add(2));
store.dispatch(counter.actions.note(3));
console.log(JSON.stringify(store.getState()));
leave();
