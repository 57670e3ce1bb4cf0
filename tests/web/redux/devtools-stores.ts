import { instrument, type EnhancedStore } from '@redux-devtools/instrument';
import { configureStore } from '@reduxjs/toolkit';
import { plain } from 'isthmus';
import * as isthmus from 'isthmus/redux';
import * as redux from 'redux';
import type { UnknownAction } from 'redux';
import { expect } from 'vitest';
import { cart, log, plainCart, plainProducts, products, type State } from './devtools-slices.js';

export type Instrumented = EnhancedStore<State, UnknownAction, null>;
type Options = Parameters<typeof instrument>[1];

const nativeReducers = { cart: cart.reducer, products: products.reducer, log };

/** The same history on Redux alone, over plain reducers. */
export function openModel(options?: Options): Instrumented {
  const reducers = { cart: plainCart, products: plainProducts, log };
  return redux.createStore(
    redux.combineReducers(reducers),
    instrument(undefined, options),
  ) as never;
}

export interface DevToolsMaker {
  name: string;
  open(options?: Options): Instrumented;
}

/** Where the extension puts its instrument: innermost. */
const inConfigureStore = (options: Options, page: object = {}): Instrumented =>
  configureStore({
    reducer: nativeReducers,
    devTools: false,
    middleware: (defaults) =>
      defaults({ serializableCheck: false, immutableCheck: false }).concat(
        isthmus.isthmusMiddleware,
      ) as never,
    enhancers: (defaults) =>
      defaults({ autoBatch: false })
        .prepend(isthmus.isthmusEnhancer(page))
        .concat(instrument(undefined, options)) as never,
  }) as never;

let opened = 0;
export const openShared = (name = `devtools-${++opened}`, options?: Options): Instrumented =>
  inConfigureStore(options, { app: 'host', name });

export const instrumented: DevToolsMaker[] = [
  {
    name: 'redux with native slices',
    open: (options) =>
      redux.createStore(
        redux.combineReducers(nativeReducers),
        instrument(undefined, options),
      ) as never,
  },
  {
    name: 'isthmus/redux',
    open: (options) =>
      isthmus.createStore(
        isthmus.combineReducers(nativeReducers),
        instrument(undefined, options),
      ) as never,
  },
  { name: 'configureStore with isthmusEnhancer', open: (options) => inConfigureStore(options) },
  { name: 'the shared store', open: (options) => openShared(undefined, options) },
];

/** Every state that is held as a plain value, and the current one as it is. */
export function expectSame(store: Instrumented, model: Instrumented): void {
  const states = (one: Instrumented) =>
    one.liftedStore.getState().computedStates.map(({ state }) => state);
  expect(states(store).map(plain)).toEqual(states(model));
  expect(JSON.stringify(store.getState())).toBe(JSON.stringify(model.getState()));
}
