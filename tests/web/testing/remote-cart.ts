import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { assertShared } from 'isthmus';

export const cart = createSlice({
  name: 'cart',
  initialState: { skus: [] as string[] },
  reducers: {
    add: ({ skus }, { payload }: PayloadAction<string>) => void skus.push(payload),
  },
});

/** A remote in the guide's manner, which finds the host's store in the host's container. */
export async function mountCart(): Promise<() => void> {
  const { store } = await import('hostApp/store');
  assertShared(store);
  store.registerReducer('cart', cart.reducer);
  return () => store.unregisterReducer('cart');
}

/** Another one. */
export async function mountBadge(): Promise<() => number> {
  const { store } = await import('hostApp/store');
  return () => (store.read(['cart', 'skus']) as string[] | undefined)?.length ?? 0;
}
