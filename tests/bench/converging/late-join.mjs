// A tab that opens late, beside one that is idle and has n entities: prints for each join { total, waiting,
// longest } in milliseconds. `total` is the work of both tabs, in one thread, and what they wait for each
// other; the last one joins as all did, but in a process whose code has run before.

import { loadEngine } from 'isthmus';
import { productsJson } from '../products.mjs';
import { openStore, products } from './slices.mjs';
import { openWire } from './wire.mjs';

const { size, joins } = JSON.parse(process.argv[2]);
const PER_MESSAGE = 1000;
const IDLE = 30_000;
const path = ['products', 'entities', 'id-7', 'price'];

await loadEngine();
let [busy, longest] = [0, 0];
const wire = openWire(timed);

function timed(run) {
  const start = performance.now();
  const result = run();
  const ms = performance.now() - start;
  busy += ms;
  longest = Math.max(longest, ms);
  return result;
}

const slice = products(0);
const host = openStore(wire.connect(), slice);
const list = JSON.parse(productsJson(size));
while (list.length > 0) host.dispatch(slice.actions.addMany(list.splice(0, PER_MESSAGE)));
wire.pass(IDLE);
// As after many actions: what is kept begins later than the tab that joins.
host.bridge.log.forget();

function join(price) {
  host.dispatch(slice.actions.updateOne({ id: 'id-7', changes: { price } }));
  wire.pass(IDLE);
  [busy, longest] = [0, 0];
  const start = wire.now;
  const late = timed(() => openStore(wire.connect(), slice));
  const isReady = () => late.status('products') === 'ready';
  if (isReady()) throw new Error('The late tab did not wait for the state.');
  wire.pass(IDLE, isReady);
  const seen = timed(() => late.read(path));
  const waiting = wire.now - start;
  const taken = { total: busy + waiting, waiting, longest };
  const count = Object.keys(late.read(['products', 'entities'])).length;
  if (seen !== price || count !== size) throw new Error('The late tab shows something else.');
  late.dispose();
  wire.pass(IDLE);
  return taken;
}

const taken = [];
for (let i = 1; i <= joins; i++) taken.push(join(i + 0.25));
process.stdout.write(JSON.stringify(taken));
