// What an app writes against each entry; compiled by every TypeScript of the matrix.

import {
  createIsolatedStore,
  crossApp,
  defineSlice,
  joinSharedStore,
  loadEngine,
  type Membership,
  type SharedStore,
  type StateOf,
} from 'isthmus';
import { inc, payload, set, upsert } from 'isthmus/program';
import { loadInlineEngine } from 'isthmus/inline';
import { useReady, useSharedDispatch, useSharedSelector, useSharedValue } from 'isthmus/react';
import { configuredStore } from './redux-app.js';
import { createTestHub } from 'isthmus/testing';

const cart = defineSlice({
  name: 'cart',
  initialState: { items: [] as { sku: string; qty: number }[], status: 'idle' },
  reducers: {
    add: [
      upsert('/items', { by: 'sku', value: payload(), onMatch: [inc('/qty', payload('qty'))] }),
    ],
    setStatus: [set('/status', payload())],
  },
  contract: { 'cart/add': { payload: { type: 'object' } } },
});

export async function start(): Promise<Membership> {
  await (Math.random() < 0.5 ? loadEngine() : loadInlineEngine());
  const membership = joinSharedStore({ app: 'host', slices: [cart] });
  const store: SharedStore = membership.store;
  store.dispatch(crossApp(cart.actions.add({ sku: 'tea', qty: 1 })));
  store.withSlices<{ cart: { status: string } }>().getState().cart?.status.toUpperCase();
  store.withSlices([cart]).getState().cart?.status.toUpperCase();
  membership.store.getState().cart.items[0]?.qty.toFixed();
  membership.store.read(cart, (state) => state.items[0]?.qty)?.toFixed();
  store.watch(
    cart,
    (state) => state.items,
    () => undefined,
  )();
  store.bridge.onCross(cart.actions.add, ({ action }) => action.payload.qty.toFixed());
  createIsolatedStore({ name: 'checkout', bridge: { transport: createTestHub().connect() } });
  configuredStore.dispatch({ type: 'a' });
  return membership;
}

type AppStore = SharedStore<{ cart: StateOf<typeof cart> }>;
const useAppSelector = useSharedSelector.withTypes<ReturnType<AppStore['getState']>>();

export function useStatus(): string {
  const status = useSharedSelector((state: { cart: { status: string } }) => state.cart.status);
  const read = useSharedValue(['cart', 'status']);
  const picked: string | undefined = useSharedValue(cart, (state) => state.status);
  const typed = useAppSelector((state) => state.cart.items.length);
  useSharedDispatch.withTypes<AppStore['dispatch']>()()({ type: String(typed) + picked });
  return useReady('cart') ? status : String(read);
}

// @ts-expect-error -- the types are there, and not any
cart.actions.add({ sku: 1 });
// @ts-expect-error -- no such member
export const useNothing = () => useAppSelector((state) => state.cart.itms);
// @ts-expect-error -- it was not called
crossApp(cart.actions.add);
// @ts-expect-error -- no such action
defineSlice({ name: 'a', initialState: 0, reducers: { add: [inc('')] }, contract: { 'a/ad': {} } });
