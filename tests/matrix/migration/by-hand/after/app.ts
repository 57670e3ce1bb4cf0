import { crossApp, joinSharedStore, type BridgeOptions } from 'isthmus';
import type { Shop, ShopState } from '../app.js';
import { auth, startHost, tenant } from './host.js';
import { cart, mountBadge, mountCart } from './remotes.js';

export async function open(bridge?: BridgeOptions): Promise<Shop> {
  const store = await startHost(bridge);
  await store.whenReady('tenant'); // other tabs' tenant is there
  let unmountCart: () => void = () => undefined;
  const add = (item: unknown) => cart.actions.add(item as string);
  return {
    mountCart: () => void (unmountCart = mountCart()),
    unmountCart: () => unmountCart(),
    mountBadge: () => void mountBadge(),
    isReady: () => store.status('auth') === 'ready',
    restore: (user, token) => store.hydrate('auth', { user, token }),
    login: (user, token) => void store.dispatch(crossApp(auth.actions.login({ user, token }))),
    switchTenant: (id) => void store.dispatch(tenant.actions.switch(id)),
    addHere: (item) => void store.dispatch(add(item)),
    addEverywhere: (item) => void store.dispatch(crossApp(add(item))),
    unlisted: () => void store.dispatch(crossApp({ type: 'cart/teardown' })),
    takeCartKey: () => {
      const slice = { key: 'cart', reducer: (state: string = 'theirs') => state };
      joinSharedStore({ app: 'other', slices: [slice] });
    },
    state: () => store.getState() as unknown as ShopState,
  };
}
