import type { SharedStore } from 'isthmus';
import { tenant, tenantAfter, type Tenant } from './tenant';

/** The demo's own, beside the store's: it only says "now". */
const channelName = 'isthmus-demo';
/** The cart's action, by type: the host imports nothing of a remote's. */
const addTea = {
  type: 'cart/addItem',
  payload: { sku: 'tea', name: 'Green tea', price: 6.5, qty: 1 },
};

let channel: BroadcastChannel | undefined;

/** From now on this tab acts when another one says so, before it has heard what that one does. */
export function listenForActs(store: SharedStore): void {
  channel = new BroadcastChannel(channelName);
  channel.onmessage = () => {
    const current = store.getState().tenant as Tenant;
    act(store, tenantAfter(tenantAfter(current)));
  };
}

/**
 * All tabs switch the tenant at once, this one to another than the others, and all add a tea. The word
 * goes out first, so no tab has heard of another's action when it acts.
 */
export function actInAllTabs(store: SharedStore): void {
  channel?.postMessage('now');
  act(store, tenantAfter(store.getState().tenant as Tenant));
}

function act(store: SharedStore, next: Tenant): void {
  store.dispatch(tenant.actions.switch(next));
  if (store.status('cart') === 'ready') store.dispatch(addTea);
}
