import { useSharedDispatch, useSharedValue } from 'isthmus/react';
import { cart, type CartItem } from './cart-slice';

export function CartLines() {
  const items = (useSharedValue(['cart', 'items']) ?? []) as readonly CartItem[];
  const dispatch = useSharedDispatch();
  if (items.length === 0) return <p className="cart-empty">The cart is empty.</p>;
  const total = items.reduce((sum, { price, qty }) => sum + price * qty, 0);
  return (
    <>
      <ul className="cart-lines" aria-label="Cart">
        {items.map(({ sku, name, price, qty }) => (
          <li key={sku} data-testid={`line-${sku}`}>
            <span>{name}</span>
            <span className="cart-qty" data-testid={`qty-${sku}`}>
              {qty}
            </span>
            <span className="cart-price">{(price * qty).toFixed(2)}</span>
            <button
              className="small"
              aria-label={`Remove ${name}`}
              data-testid={`remove-${sku}`}
              onClick={() => dispatch(cart.actions.removeLine({ sku }))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <p className="cart-total">
        Total <strong data-testid="total">{total.toFixed(2)}</strong>
        <button
          className="small"
          data-testid="clear-cart"
          onClick={() => dispatch(cart.actions.clear())}
        >
          Clear
        </button>
      </p>
    </>
  );
}
