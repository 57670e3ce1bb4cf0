import { useSharedValue } from 'isthmus/react';

/** Rendered only while `session` is ready, so whoever is signed in has a token. */
export function Checkout() {
  const user = useSharedValue(['auth', 'user', 'name']);
  const token = useSharedValue(['session', 'token']);
  if (user === undefined) return <p className="cart-empty">Sign in to check out.</p>;
  return (
    <p className="cart-checkout">
      Token of this tab <code data-testid="cart-token">{String(token)}</code>
    </p>
  );
}
