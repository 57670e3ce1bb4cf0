'use client';

export {
  SharedStoreProvider,
  useSharedDispatch,
  useSharedStore,
  type SharedStoreProviderProps,
} from './provider.js';
export { useSharedSelector, type TypedUseSelectorHook } from './selectors.js';
export { useReady } from './readiness.js';
export { useSlice } from './slices.js';
export { useSharedValue } from './values.js';
