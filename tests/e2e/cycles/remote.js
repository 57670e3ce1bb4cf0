import { joinSharedStore } from 'isthmus';
import { SharedStoreProvider, useSharedSelector, useSharedValue } from 'isthmus/react';
import { createElement, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { cart } from './cart.js';

const pass = () => (next) => (action) => next(action);
let lastLease;

function Cart({ store }) {
  const count = useSharedValue(['cart', 'count']);
  const last = useSharedSelector((state) => state.cart?.last);
  const [watched, setWatched] = useState(0);
  useEffect(() => store.watch(['cart', 'count'], () => setWatched((n) => n + 1)), [store]);
  useEffect(() => store.subscribe(() => undefined), [store]);
  return createElement('p', null, createElement('b', null, count), ` ${last} ${watched}`);
}

/** Joins, injects, renders; the function that it returns undoes all of it. */
export function mount(element) {
  const membership = joinSharedStore({ app: 'cart', middleware: [pass] });
  const lease = membership.inject(cart);
  lastLease?.dispose({ now: true }); // of a membership that has left: must not touch this one's
  lastLease = lease;
  const { store } = membership;
  const root = createRoot(element);
  const app = createElement(Cart, { store });
  flushSync(() => root.render(createElement(SharedStoreProvider, { membership }, app)));
  return () => {
    root.unmount();
    lease.dispose();
    lease.dispose();
    membership.leave();
  };
}
