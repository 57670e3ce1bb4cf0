import * as counter from './counter.mjs';
import * as jsSlices from './js-slices.mjs';
import * as load from './load.mjs';
import { readOne, secondPass } from './reads.mjs';
import * as updateOne from './update-one.mjs';
import * as upsert from './upsert.mjs';
import { watchers, watchersPerKey } from './watchers.mjs';

/** What is timed, in the order of the table. Each runs in Node and in the browser. */
export const cases = [
  counter,
  jsSlices,
  upsert,
  updateOne,
  load,
  secondPass,
  readOne,
  watchers,
  watchersPerKey,
];
