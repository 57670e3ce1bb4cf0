import * as own from './index.js';
import { announce } from './page/copies.js';
import { ofFirstCopy } from './page/first-copy.js';
import { describeThisCopy } from './page/this-copy.js';
import { version } from './version.js';

// What dist/index.js exports: the names of web/index.ts, which also gives their types, each with what the first copy
// on the page has under it. A test compares the two lists. Each stands alone and says that it is pure, so that
// bundlers leave away what an app does not import, and all that only it uses.

let isAnnounced = false;

/** What needs nothing of the page: a copy that is used for no more is not announced. */
export const EngineError = /* @__PURE__ */ ofFirstCopy('EngineError', own.EngineError);
export const IsthmusError = /* @__PURE__ */ ofFirstCopy('IsthmusError', own.IsthmusError);
export const ReducerError = /* @__PURE__ */ ofFirstCopy('ReducerError', own.ReducerError);
export const crossApp = /* @__PURE__ */ ofFirstCopy('crossApp', own.crossApp);
export const current = /* @__PURE__ */ ofFirstCopy('current', own.current);
export const isBridged = /* @__PURE__ */ ofFirstCopy('isBridged', own.isBridged);
export const isDraft = /* @__PURE__ */ ofFirstCopy('isDraft', own.isDraft);
export const onDuplicate = /* @__PURE__ */ ofFirstCopy('onDuplicate', own.onDuplicate);
export const original = /* @__PURE__ */ ofFirstCopy('original', own.original);
export const plain = /* @__PURE__ */ ofFirstCopy('plain', own.plain);

/** What the page has one of, or what is made for it. */
export const assertShared = /* @__PURE__ */ ofThePage('assertShared', own.assertShared);
export const converging = /* @__PURE__ */ ofThePage('converging', own.converging);
export const createIsolatedStore = /* @__PURE__ */ ofThePage(
  'createIsolatedStore',
  own.createIsolatedStore,
);
export const defineSlice = /* @__PURE__ */ ofThePage('defineSlice', own.defineSlice);
export const describeContracts = /* @__PURE__ */ ofThePage(
  'describeContracts',
  own.describeContracts,
);
export const getSharedStore = /* @__PURE__ */ ofThePage('getSharedStore', own.getSharedStore);
export const joinSharedStore = /* @__PURE__ */ ofThePage('joinSharedStore', own.joinSharedStore);
export const loadEngine = /* @__PURE__ */ ofThePage('loadEngine', own.loadEngine);
export const native = /* @__PURE__ */ ofThePage('native', own.native);
export const onRecovered = /* @__PURE__ */ ofThePage('onRecovered', own.onRecovered);
export const storeParts = /* @__PURE__ */ ofThePage('storeParts', own.storeParts);

function ofThePage<Exported>(name: string, exported: Exported): Exported {
  announceOnce();
  return ofFirstCopy(name, exported);
}

function announceOnce(): void {
  if (isAnnounced) return;
  isAnnounced = true;
  announce(describeThisCopy(version));
}
