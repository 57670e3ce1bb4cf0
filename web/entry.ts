import { engineUrl } from '#engine-source';

import { adoptFirstCopy } from './federation/copies.js';
import * as own from './index.js';
import { version } from './version.js';

// What dist/index.js exports: the names of web/index.ts, which also gives their types, with the
// functions of the first copy on the page. A test compares the two lists.
export const {
  EngineError,
  IsthmusError,
  ReducerError,
  add,
  and,
  assertShared,
  createIsolatedStore,
  crossApp,
  defineSlice,
  div,
  eq,
  getSharedStore,
  gt,
  gte,
  inc,
  insert,
  isBridged,
  item,
  joinSharedStore,
  literal,
  loadEngine,
  lt,
  lte,
  merge,
  meta,
  mod,
  mul,
  ne,
  not,
  object,
  or,
  payload,
  plain,
  push,
  remove,
  removeWhere,
  reset,
  set,
  state,
  sub,
  unset,
  updateWhere,
  upsert,
  when,
} = adoptFirstCopy({ version, url: engineUrl.href }, own);
