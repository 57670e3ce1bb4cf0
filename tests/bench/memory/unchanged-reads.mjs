// Whether reading unchanged state makes garbage: prints the bytes per read, which is the median of many
// batches so that neither a collection nor a compilation counts, and whether each read gave the same
// reference.

import { loadEngine } from 'isthmus';
import { isthmusProducts, loaded, reduxProducts } from '../products.mjs';
import { spreadOf } from '../statistics.mjs';
import { isthmusStore, reduxStore } from '../stores.mjs';

const { contender, reads } = JSON.parse(process.argv[2]);
const BATCH = 10_000;
const path = ['products', 'entities', 'id-7'];

const contenders = {
  isthmus() {
    const store = isthmusStore([isthmusProducts(loaded(1000))]);
    return () => store.read(path);
  },
  'isthmus watched': () => {
    const store = isthmusStore([isthmusProducts(loaded(1000))]);
    store.watch(path, () => undefined);
    return () => store.read(path);
  },
  'isthmus getState': () => {
    const store = isthmusStore([isthmusProducts(loaded(1000))]);
    return () => store.getState().products;
  },
  redux() {
    const store = reduxStore({ products: reduxProducts(loaded(1000)) });
    return () => store.getState().products;
  },
};

await loadEngine();
const read = contenders[contender]();
const first = read();

function isSame(count) {
  let same = true;
  for (let i = 0; i < count; i++) same = read() === first && same;
  return same;
}

isSame(200_000); // until the compilers are done
let same = true;
const bytes = [];
for (let done = 0; done < reads; done += BATCH) {
  const before = process.memoryUsage().heapUsed;
  same = isSame(BATCH) && same;
  bytes.push(process.memoryUsage().heapUsed - before);
}
process.stdout.write(JSON.stringify({ bytesPerRead: spreadOf(bytes).median / BATCH, same }));
