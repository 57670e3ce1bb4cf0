import { defineSlice } from 'isthmus';
import { inc, payload } from 'isthmus/program';

export const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0 },
  reducers: { add: [inc('/count', payload())] },
  contract: { 'cart/add': { payload: { type: 'integer', minimum: 1 } } },
});
