import { components, mounting, unreadSlice } from './components.mjs';
import * as counter from './counter.mjs';
import * as load from './load.mjs';
import { readOne, secondPass } from './reads.mjs';
import * as updateOne from './update-one.mjs';
import * as upsert from './upsert.mjs';
import { watchers, watchersPerKey } from './watchers.mjs';

/** What is timed, in the order of the table; in Node and in the browser unless a case says `runtimes`. */
export const cases = [
  counter,
  upsert,
  updateOne,
  load,
  secondPass,
  readOne,
  watchers,
  watchersPerKey,
  components,
  unreadSlice,
  mounting,
];
