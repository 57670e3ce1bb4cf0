// The host: renders its own notes and those of its three remotes, all from the one store of the page.

import { joinSharedStore, loadEngine } from 'isthmus';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { notes } from './notes.js';
import { Notes } from './notes-view.js';

const remotes = [() => import('one/app'), () => import('two/app'), () => import('three/app')];

export async function open() {
  await loadEngine();
  const host = notes('host');
  const { store } = joinSharedStore({ app: 'host', slices: [host] });
  const apps = await Promise.all(remotes.map((load) => load()));
  apps.forEach((app) => app.join());
  const views = [Notes, ...apps.map((app) => app.App)];
  const shown = views.map((View, key) => createElement(View, { key, name: 'host' }));
  createRoot(globalThis.document.querySelector('main')).render(shown);
  globalThis.matrix = {
    storeIds: () => [store.__mfId, ...apps.map((app) => app.storeId())],
    copies: () => store.inspect().copies.length,
    write: (text) => {
      store.dispatch(host.actions.add(`host ${text}`));
      apps.forEach((app) => app.write(text));
    },
    state: () => JSON.parse(JSON.stringify(store.getState())),
  };
}
