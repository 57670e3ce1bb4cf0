import { useSharedDispatch } from 'isthmus/react';
import { cart } from './cart-slice';

interface Product {
  sku: string;
  name: string;
  price: number;
}

const products: readonly Product[] = [
  { sku: 'tea', name: 'Green tea', price: 6.5 },
  { sku: 'mug', name: 'Stoneware mug', price: 14 },
  { sku: 'map', name: 'Map of Corinth', price: 32 },
];

export function Catalogue() {
  const dispatch = useSharedDispatch();
  return (
    <ul className="cart-catalogue" aria-label="Products">
      {products.map((product) => (
        <li key={product.sku}>
          <span>{product.name}</span>
          <button
            className="small"
            data-testid={`add-${product.sku}`}
            aria-label={`Add ${product.name} to the cart`}
            onClick={() => dispatch(cart.actions.addItem({ ...product, qty: 1 }))}
          >
            Add to cart
          </button>
        </li>
      ))}
    </ul>
  );
}
