export * from 'redux';
export { combineReducers } from './combine-reducers.js';
export { createStore, legacy_createStore } from './create-store.js';
export { isthmusEnhancer, isthmusMiddleware } from './enhancer.js';
export type { ReduxStoreOptions } from './adopted-store.js';
