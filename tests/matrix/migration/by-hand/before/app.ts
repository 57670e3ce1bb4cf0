import type { Shop } from '../app.js';
import { injectReducer, listen, store } from './host.js';
import { mountBadge, mountCart } from './remotes.js';

const everywhere = { crossApp: true };

export function open(): Shop {
  let unmountCart: () => void = () => undefined;
  let stop: (() => void) | undefined = listen(); // until a remote listens
  const mount = (remote: () => () => void) => {
    stop?.();
    stop = undefined;
    return remote();
  };
  const dispatch = (type: string, payload?: unknown, meta = {}) =>
    void store.dispatch({ type, payload, meta } as never);
  return {
    mountCart: () => void (unmountCart = mount(mountCart)),
    unmountCart: () => unmountCart(),
    mountBadge: () => void mount(mountBadge),
    isReady: () => store.getState().auth.isReady,
    restore: (user, token) => dispatch('auth/restored', { user, token }),
    login: (user, token) => dispatch('auth/login', { user, token }, everywhere),
    switchTenant: (tenant) => dispatch('tenant/switch', tenant, everywhere),
    addHere: (item) => dispatch('cart/add', item),
    addEverywhere: (item) => dispatch('cart/add', item, everywhere),
    unlisted: () => dispatch('cart/teardown', undefined, everywhere),
    takeCartKey: () => injectReducer('cart', ((state = 'theirs') => state) as never),
    state: () => store.getState(),
  };
}
