import { joinSharedStore, loadEngine } from 'isthmus';
import { counter } from './counter-slice.js';

/** What one request shows, from a store of its own: on a server no two calls get the same one. */
export async function readCounter() {
  await loadEngine(); // instant after the first request
  const { store, leave } = joinSharedStore({ app: 'page', slices: [counter] });
  store.dispatch(counter.actions.add(3)); // what a database would say
  const state = store.getState();
  leave();
  return state;
}
