import { joinSharedStore, loadEngine } from 'isthmus';
import { count } from 'remote/count';

await loadEngine();
const { store } = joinSharedStore({ app: 'host', slices: [count] });
store.dispatch(count.actions.add(42));
globalThis.document.title = `counted ${String(store.read(['count']))}`;
