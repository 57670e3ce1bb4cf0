import * as reduxStores from './federation/redux-store.js';
import * as exported from './index.js';
import { adoptFirstCopy } from './page/copies.js';
import { describeThisCopy } from './page/this-copy.js';
import { version } from './version.js';

// What dist/index.js exports: the names of web/index.ts, which also gives their types, with the
// functions of the first copy on the page. A test compares the two lists. What makes a Redux store one of
// Isthmus is handed on without a name here: only isthmus/redux, a bundle of its own, asks for it.
export const {
  EngineError,
  IsthmusError,
  ReducerError,
  assertShared,
  converging,
  createIsolatedStore,
  crossApp,
  current,
  defineSlice,
  describeContracts,
  getSharedStore,
  isBridged,
  isDraft,
  joinSharedStore,
  loadEngine,
  native,
  onDuplicate,
  onRecovered,
  original,
  plain,
} = adoptFirstCopy(describeThisCopy(version), { ...exported, ...reduxStores });
