import { createIsolatedStore, loadEngine } from 'isthmus';
import { changing } from '../changing.mjs';

const path = ['counter', 'value'];

/** Loads the engine, then makes the slice and its store: the work that is measured. */
export async function counting(define) {
  await loadEngine();
  const counter = define();
  const store = createIsolatedStore({ name: 'bench', slices: [counter] });
  return changing(
    () => store.dispatch(counter.actions.add()),
    (listener) => store.watch(path, listener),
    () => store.read(path),
  );
}
