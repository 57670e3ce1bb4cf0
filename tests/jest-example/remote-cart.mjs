import { assertShared, defineSlice, joinSharedStore } from 'isthmus';
import { payload, push } from 'isthmus/program';

export const cart = defineSlice({
  name: 'cart',
  initialState: { skus: [] },
  reducers: { add: [push('/skus', payload())] },
  contract: { 'cart/add': { payload: { type: 'string' } } },
});

/** A remote that finds the host's store in the host's container. */
export async function mountCart() {
  const { store } = await import('hostApp/store');
  assertShared(store);
  return joinSharedStore({ app: 'cart', slices: [cart] }).leave;
}
