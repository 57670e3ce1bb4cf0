import { getSharedStore, joinSharedStore } from 'isthmus';
import { ledger, made } from './ledger.js';

/** Joins the page's store with a ledger of this remote's own. */
export function join(app) {
  joinSharedStore({ app, slices: [ledger(app)] });
}

export function make(entry) {
  getSharedStore().dispatch(made(entry));
}

export function storeId() {
  return getSharedStore().__mfId;
}
