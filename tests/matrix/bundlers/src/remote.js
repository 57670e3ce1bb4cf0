/* global APP */
import { getSharedStore, joinSharedStore } from 'isthmus';
import { createElement } from 'react';
import { own } from './own-slice.js';
import { Notes } from './notes-view.js';

export const App = () => createElement(Notes, { name: APP });

export function join() {
  joinSharedStore({ app: APP, slices: [own] });
}

export function write(text) {
  getSharedStore().dispatch(own.actions.add(`${APP} ${text}`));
}

export function storeId() {
  return getSharedStore().__mfId;
}
