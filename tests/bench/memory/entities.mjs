// What n entities need in one kind of store, in a process of its own: prints { heap, wasm } in bytes.

import { EMPTY, isthmusProducts, normalized, productsJson } from '../products.mjs';
import { rtkProducts } from '../products.mjs';
import { isthmusStore, rtkStore } from '../stores.mjs';
import { bytesInUse, loadNotedEngine } from './in-use.mjs';

const { contender, size } = JSON.parse(process.argv[2]);

/** Each fills a store with a list and returns what holds the state. */
const contenders = {
  plain: normalized,
  rtk(list) {
    const { reducer, actions } = rtkProducts(EMPTY);
    const store = rtkStore({ products: reducer });
    store.dispatch(actions.setAll(list));
    return store;
  },
  isthmus(list) {
    const products = isthmusProducts(EMPTY);
    const store = isthmusStore([products]);
    store.dispatch(products.actions.setAll(list));
    return store;
  },
  'isthmus read': (list) => {
    const store = contenders.isthmus(list);
    const entities = store.read(['products', 'entities']);
    for (const { tags } of Object.values(entities)) void tags[0];
    return { store, entities };
  },
};

await loadNotedEngine();
const json = productsJson(size);
contenders[contender](JSON.parse(productsJson(10))); // what only the first store needs
const before = await bytesInUse();
const holder = contenders[contender](JSON.parse(json));
const after = await bytesInUse();
// Both must live up to here: the text would otherwise count as memory given back.
if (json.length === 0 || holder === undefined) throw new Error('Nothing was measured.');
const used = { heap: after.heap - before.heap, wasm: after.wasm - before.wasm };
process.stdout.write(JSON.stringify(used));
