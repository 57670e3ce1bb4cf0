// The host renders its own count above the remote's, and notes what the tests ask for.

import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { joinSharedStore, loadEngine } from 'isthmus';
import { SharedStoreProvider, useSharedValue } from 'isthmus/react';

const violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
  violations.push(violatedDirective),
);

export async function open() {
  const { Cart, cart } = await import('remote/cart');
  await load();
  const membership = joinSharedStore({ app: 'host', slices: [cart] });
  const { store } = membership;
  const drops = [];
  store.bridge.onDrop(({ reason }) => drops.push(reason));
  const Count = () => createElement('b', { id: 'in-host' }, useSharedValue(['cart', 'count']));
  const root = createRoot(document.getElementById('root'));
  root.render(
    createElement(SharedStoreProvider, { membership }, createElement(Count), createElement(Cart)),
  );
  globalThis.matrix = { store, drops, violations, tryEval };
}

async function load() {
  if (location.search !== '?inline') return loadEngine();
  const { loadInlineEngine } = await import('isthmus/inline');
  return loadInlineEngine();
}

/** In a task of the page's own: drivers run theirs past the policy. */
function tryEval() {
  return new Promise((resolve) => {
    setTimeout(() => {
      try {
        resolve(new Function('return "it ran"')());
      } catch (error) {
        resolve(error.name);
      }
    });
  });
}
