import { injectReducer, listen, removeReducer, store, type Action } from './host.js';

interface Cart {
  readonly items: readonly unknown[];
}

function cart(state: Cart = { items: [] }, { type, payload }: Action): Cart {
  if (type === 'cart/teardown') return { items: [] };
  return type === 'cart/add' ? { items: [...state.items, payload] } : state;
}

export function mountCart(): () => void {
  injectReducer('cart', cart as never);
  const stop = listen();
  return () => {
    store.dispatch({ type: 'cart/teardown' });
    removeReducer('cart');
    stop();
  };
}

const badge = (count = 0, { type }: Action) => (type === 'cart/add' ? count + 1 : count);

export function mountBadge(): () => void {
  injectReducer('badge', badge as never);
  const stop = listen();
  return () => {
    removeReducer('badge');
    stop();
  };
}
