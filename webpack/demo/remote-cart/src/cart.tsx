import { useReady } from 'isthmus/react';
import { CartLines } from './cart-lines';
import { Catalogue } from './catalogue';
import { Checkout } from './checkout';

export function Cart() {
  const [session, own] = [useReady('session'), useReady('cart')];
  if (!session || !own) {
    return (
      <div className="skeleton" role="status" data-testid="cart-skeleton">
        <span className="visually-hidden">The cart waits for the session and the other tabs</span>
      </div>
    );
  }
  return (
    <div className="cart">
      <Catalogue />
      <CartLines />
      <Checkout />
    </div>
  );
}
