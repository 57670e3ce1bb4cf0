import * as arrival from './arrival.mjs';
import * as betweenTabs from './between-tabs.mjs';
import { components, mounting, unreadSlice } from './components.mjs';
import { firstAction, ownAction } from './converging.mjs';
import * as counter from './counter.mjs';
import * as drops from './drops.mjs';
import * as inbound from './inbound.mjs';
import * as jsSlices from './js-slices.mjs';
import * as load from './load.mjs';
import { readOne, secondPass } from './reads.mjs';
import * as rewind from './rewind.mjs';
import * as roundTrip from './round-trip.mjs';
import { subscribers } from './subscribers.mjs';
import * as updateOne from './update-one.mjs';
import * as upsert from './upsert.mjs';
import { watchers, watchersPerKey } from './watchers.mjs';

/** What is timed, in the order of the table: in Node and in the browser, or in a case's `runtimes`. */
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
  subscribers,
  components,
  unreadSlice,
  mounting,
  inbound,
  drops,
  roundTrip,
  ownAction,
  firstAction,
  arrival,
  betweenTabs,
  rewind,
];

/** Those of the cases that a runtime can run. */
export function casesIn(runtime, list) {
  return list.filter(({ runtimes }) => runtimes?.includes(runtime) ?? true);
}
