export {
  SharedStoreProvider,
  useSharedDispatch,
  useSharedStore,
  type SharedStoreProviderProps,
} from './provider.js';
export { useReady, useSlice } from './slices.js';
export { useSharedSelector, useSharedValue } from './values.js';
