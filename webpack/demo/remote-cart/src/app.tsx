import { createRoot } from 'react-dom/client';
import { getSharedStore, joinSharedStore } from 'isthmus';
import { Cart } from './cart';
import { cart } from './cart-slice';
import './cart.css';

/** Mounts the cart and its slice; what it returns takes both away. The engine must be loaded. */
export function mount(element: HTMLElement): () => void {
  const membership = joinSharedStore({ app: 'remote-cart', slices: [cart] });
  const root = createRoot(element);
  root.render(<Cart />);
  return () => {
    root.unmount();
    membership.leave();
  };
}

/** The store as this remote sees it. */
export function mfId(): string {
  return getSharedStore().__mfId;
}
