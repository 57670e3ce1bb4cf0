import { defineSlice, joinSharedStore } from 'isthmus';
import { inc, payload, push } from 'isthmus/program';

export const cart = defineSlice({
  name: 'cart',
  initialState: { items: [] as string[] },
  reducers: { add: [push('/items', payload())] },
  contract: { 'cart/add': {} },
});

/** Returns what unmounts it. */
export function mountCart(): () => void {
  return joinSharedStore({ app: 'cart', slices: [cart] }).leave;
}

const badge = defineSlice({
  name: 'badge',
  initialState: 0,
  reducers: {},
  on: { 'cart/add': [inc('')] },
});

export function mountBadge(): () => void {
  return joinSharedStore({ app: 'badge', slices: [badge] }).leave;
}
