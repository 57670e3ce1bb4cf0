// Two apps of React 16 or 17 in one page, by react-redux, on one store.

import { createElement as h, version } from 'react';
import { render, unmountComponentAtNode } from 'react-dom';
import { renderToString } from 'react-dom/server';
import { connect, Provider, useDispatch, useSelector } from 'react-redux';
import thunk from 'redux-thunk';
import { crossApp, joinSharedStore, loadEngine } from 'isthmus';
import { useSharedValue } from 'isthmus/react';

const countOf =
  (key) =>
  (count = 0, { type }) =>
    type === `${key}/up` ? count + 1 : count;

export async function open() {
  await loadEngine();
  const contract = { 'cart/up': {} };
  const slice = (key) => ({ key, reducer: countOf(key) });
  const host = joinSharedStore({ app: 'host', slices: [slice('user')], middleware: [thunk] });
  const cart = joinSharedStore({ app: 'cart', slices: [slice('cart')], contract });

  const ByHooks = () => {
    const dispatch = useDispatch();
    const up = () => dispatch((next) => next(crossApp({ type: 'cart/up' })));
    return h(
      'button',
      { id: 'hooks', onClick: up },
      useSelector((state) => state.cart),
    );
  };
  const ByConnect = connect(({ cart, user }) => ({ text: `${cart} ${user}` }))(({ text }) => text);
  const Own = () => useSharedValue(['cart']);

  const at = document.getElementById('root');
  const elements = ['a', 'b'].map((id) =>
    at.appendChild(Object.assign(document.createElement('p'), { id })),
  );
  render(h(Provider, { store: host.store }, h(ByHooks)), elements[0]);
  render(h(Provider, { store: cart.store }, h(ByConnect)), elements[1]);
  return {
    version,
    up: (key) => void host.store.dispatch({ type: `${key}/up` }),
    texts: () => elements.map(({ textContent }) => textContent),
    hook: () => {
      try {
        return renderToString(h(Own));
      } catch (error) {
        return `${error.name} ${error.code}: ${error.message}`;
      }
    },
    leave() {
      elements.forEach(unmountComponentAtNode);
      cart.leave();
    },
    listeners: () => host.store.inspect().listeners,
  };
}
