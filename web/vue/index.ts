export { provideSharedStore } from './context.js';
export { useSharedSelector } from './selectors.js';
export { useReady, useSlice } from './slices.js';
export { useSharedDispatch, useSharedStore } from './store.js';
export { useSharedValue } from './values.js';
export type { StoreSource } from '../views/shared.js';
