export {
  SharedStoreProvider,
  useSharedDispatch,
  useSharedStore,
  type SharedStoreProviderProps,
} from './provider.js';
export { useSharedSelector } from './selectors.js';
export { useReady } from './readiness.js';
export { useSlice } from './slices.js';
export { useSharedValue } from './values.js';
