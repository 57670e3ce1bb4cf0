import { joinSharedStore, loadEngine } from 'isthmus';
import { counter } from './counter-slice.js';

export async function open() {
  await loadEngine();
  return joinSharedStore({ app: 'counter', slices: [counter] });
}
