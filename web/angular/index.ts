export { provideIsthmus, provideSharedStore } from './context.js';
export { injectSharedSelector } from './selectors.js';
export { injectReady, injectSlice } from './slices.js';
export { injectSharedDispatch, injectSharedStore } from './store.js';
export { injectSharedValue } from './values.js';
export type { StoreSource } from '../views/shared.js';
