// Three apps in a page that single-spa mounts and unmounts: each joins in mount and leaves in unmount.

import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { registerApplication, start, triggerAppChange } from 'single-spa';
import { defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { inc, reset } from 'isthmus/program';
import { SharedStoreProvider, useSharedValue } from 'isthmus/react';

const active = new Set();
const teardowns = [];

function sliceOf(name) {
  const reducers = { add: [inc('/count')], teardown: [reset()] };
  return defineSlice({ name, initialState: { count: 0 }, reducers });
}

/** The lifecycles of an app whose slice stays for so long after it has left. */
function lifecycles(name, keepFor) {
  const slice = sliceOf(name);
  const Count = () => h('b', { id: name }, useSharedValue([name, 'count']));
  let membership;
  let root;
  return {
    bootstrap: () => loadEngine(),
    mount: async ({ domElement }) => {
      membership = joinSharedStore({ app: name });
      membership.inject(slice, { keepFor });
      root = createRoot(domElement);
      root.render(h(SharedStoreProvider, { membership }, h(Count)));
      membership.store.dispatch(slice.actions.add());
    },
    unmount: async () => {
      root.unmount();
      membership.leave();
    },
  };
}

await loadEngine();
const { store } = joinSharedStore({
  app: 'shell',
  middleware: [
    () => (next) => (action) => {
      if (action.type.endsWith('/teardown')) teardowns.push(action.type);
      return next(action);
    },
  ],
});

for (const [name, keepFor] of Object.entries({ brief: undefined, kept: 1000, page: 'page' })) {
  registerApplication({
    name,
    app: async () => lifecycles(name, keepFor),
    activeWhen: () => active.has(name),
    customProps: { domElement: document.body.appendChild(document.createElement('div')) },
  });
}
start();

globalThis.page = {
  store,
  teardowns,
  mount: (name) => (active.add(name), triggerAppChange()),
  unmount: (name) => (active.delete(name), triggerAppChange()),
};
