import { createElement } from 'react';
import { crossApp } from 'isthmus';
import { useSharedDispatch, useSharedStore, useSharedValue } from 'isthmus/react';
import { cart } from './cart.js';

export { cart };

/** The count, and buttons that add to it: in every tab, and in this one only. */
export function Cart() {
  const dispatch = useSharedDispatch();
  const button = (id, mark) =>
    createElement('button', { id, onClick: () => dispatch(mark(cart.actions.add(1))) }, id);
  return createElement(
    'section',
    null,
    createElement('b', { id: 'in-remote' }, useSharedValue(['cart', 'count'])),
    createElement('i', { id: 'store-of-remote' }, useSharedStore().__mfId),
    button('add', crossApp),
    button('add-here', (action) => action),
  );
}
