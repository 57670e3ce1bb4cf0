import { defineSlice } from 'isthmus';
import { inc, payload } from 'isthmus/program';

export const count = defineSlice({
  name: 'count',
  initialState: 0,
  reducers: { add: [inc('', payload())] },
});
