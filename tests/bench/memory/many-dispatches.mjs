// Many dispatches in batches that yield: prints what is in use after warm-up and at the end.

import * as updateOne from '../cases/update-one.mjs';
import * as upsert from '../cases/upsert.mjs';
import { bytesInUse, loadNotedEngine } from './in-use.mjs';

const { dispatches, warmUp } = JSON.parse(process.argv[2]);
const BATCH = 1000;

await loadNotedEngine();
// Enough entities that the engine's first 16 MB are in use: what leaks then makes the memory grow.
const works = [updateOne.contenders(20_000).isthmus, upsert.contenders(100).isthmus];

async function dispatchMany(count) {
  for (let done = 0; done < count; done += BATCH) {
    for (let i = 0; i < BATCH; i++) works[i % works.length]();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

await dispatchMany(warmUp);
const before = await bytesInUse();
await dispatchMany(dispatches);
const after = await bytesInUse();
process.stdout.write(JSON.stringify({ before, after }));
