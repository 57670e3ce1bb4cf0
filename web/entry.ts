import { adoptReduxStore, extendReduxStore } from './federation/redux-store.js';
import * as exported from './index.js';
import { adoptFirstCopy } from './page/copies.js';
import { describeThisCopy } from './page/this-copy.js';
import { version } from './version.js';

// What dist/index.js exports: the names of web/index.ts, which also gives their types, with the
// functions of the first copy on the page. A test compares the two lists. What makes a Redux store one of
// Isthmus is handed on without a name here: only isthmus/redux, a bundle of its own, asks for it.
// Each by its name: spread modules make esbuild write `__export =`, which @module-federation/vite takes
// for an export that it cannot read, and then each of its builds loads a copy.
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
} = adoptFirstCopy(describeThisCopy(version), {
  EngineError: exported.EngineError,
  IsthmusError: exported.IsthmusError,
  ReducerError: exported.ReducerError,
  assertShared: exported.assertShared,
  converging: exported.converging,
  createIsolatedStore: exported.createIsolatedStore,
  crossApp: exported.crossApp,
  current: exported.current,
  defineSlice: exported.defineSlice,
  describeContracts: exported.describeContracts,
  getSharedStore: exported.getSharedStore,
  isBridged: exported.isBridged,
  isDraft: exported.isDraft,
  joinSharedStore: exported.joinSharedStore,
  loadEngine: exported.loadEngine,
  native: exported.native,
  onDuplicate: exported.onDuplicate,
  onRecovered: exported.onRecovered,
  original: exported.original,
  plain: exported.plain,
  adoptReduxStore,
  extendReduxStore,
});
