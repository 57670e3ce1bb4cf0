// Many actions in two tabs that agree: prints what is in use after warm-up and at the end, the most entries
// that either has kept, and what still happens once they are at rest.

import { loadNotedEngine, bytesInUse } from '../memory/in-use.mjs';
import { cart, openStore } from './slices.mjs';
import { openWire } from './wire.mjs';

const { actions, warmUp } = JSON.parse(process.argv[2]);
/** So many between two looks of the garbage collector, and in a millisecond of the tabs' clock. */
const BATCH = 1000;
const PER_MS = 10;
const HOUR = 3_600_000;
const SIZE = 100;

await loadNotedEngine();
const wire = openWire();
const slice = cart(SIZE);
const stores = [openStore(wire.connect(), slice), openStore(wire.connect(), slice)];
wire.pass(5000);

let [done, kept] = [0, 0];
const keptBy = (store) => store.bridge.log.entries().length;

async function act(count) {
  for (const end = done + count; done < end;) {
    const store = stores[done % 2];
    store.dispatch(slice.actions.addItem({ sku: `sku-${done % SIZE}`, qty: 1 }));
    if (++done % PER_MS === 0) wire.pass(1);
    if (done % BATCH > 0) continue;
    kept = Math.max(kept, ...stores.map(keptBy));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function assertAgreed() {
  for (const store of stores) {
    const sum = store.read(['cart', 'items']).reduce((total, { qty }) => total + qty, 0);
    if (sum !== SIZE + done) throw new Error(`After ${done} actions a tab shows ${sum - SIZE}.`);
  }
}

await act(warmUp);
const before = await bytesInUse();
await act(actions);
const after = await bytesInUse();
wire.pass(60_000);
assertAgreed();
const { timers } = wire;
const posts = wire.posts + wire.frames;
wire.pass(HOUR);
const rest = { timers, posts: wire.posts + wire.frames - posts };
process.stdout.write(JSON.stringify({ before, after, kept, rest }));
