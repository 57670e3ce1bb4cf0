import { defineSlice } from 'isthmus';
import { inc, payload, push, set } from 'isthmus/program';

/** What the components of all frameworks show. */
export const cart = defineSlice({
  name: 'cart',
  initialState: { count: 0, items: [] as { sku: string; qty: number }[], note: 'none' },
  reducers: {
    count: [inc('/count')],
    add: [push('/items', payload())],
    write: [set('/note', payload())],
  },
});

export const { add, count, write } = cart.actions;
export const tea = { sku: 'tea', qty: 1 };
export const rum = { sku: 'rum', qty: 2 };

export type State = { cart: { items: { qty: number }[] } };

export const total = ({ cart }: State): number => cart.items.reduce((sum, { qty }) => sum + qty, 0);
