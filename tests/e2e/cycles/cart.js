import { crossApp, defineSlice } from 'isthmus';
import { inc, payload, set } from 'isthmus/program';

/** What the remote injects anew each time, and the other tab sends to all the while. */
export const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0, last: '' },
  reducers: { add: [inc('/count', payload('count')), set('/last', payload('text'))] },
  contract: {
    'cart/add': { payload: { type: 'object', required: ['count', 'text'], maxProperties: 2 } },
  },
});

export const added = (text) => crossApp(cart.actions.add({ count: 1, text }));
