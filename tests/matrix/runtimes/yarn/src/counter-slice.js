import { defineSlice } from 'isthmus';

export const counter = defineSlice({
  name: 'counter',
  initialState: { count: 0 },
  reducers: {
    add(state, { payload }) {
      state.count += payload;
    },
  },
  contract: { 'counter/add': { payload: { type: 'integer' } } },
});
