import { configureStore } from '@reduxjs/toolkit';
import { createIsolatedStore, defineSlice, joinSharedStore } from 'isthmus';
import { payload, push } from 'isthmus/program';
import * as isthmus from 'isthmus/redux';
import * as redux from 'redux';
import type { Action, Reducer, Store, StoreEnhancer } from 'redux';

export type Redux = Omit<typeof redux, 'default'>;
export type Reducers = Record<string, Reducer>;

/** The modules that keep the contract; Redux itself is one, which proves the tests. */
export const modules: [string, Redux][] = [
  ['redux', redux],
  ['isthmus/redux', isthmus],
];

/** A store over any root reducer. */
export interface RootMaker {
  name: string;
  open(reducer: Reducer, preloadedState?: unknown): Store;
}

/** A store over named reducers, `todos` among them. */
export interface StoreMaker {
  name: string;
  open(extra?: Reducers): Store;
}

export interface TodoAction extends Action {
  payload?: unknown;
}

export const todos: Reducer<unknown[], TodoAction> = (state = [], action) =>
  action.type === 'todos/add' ? [...state, action.payload] : state;

export const add = (text: string) => ({ type: 'todos/add', payload: text });

export function nativeTodos() {
  return defineSlice({
    name: 'todos',
    initialState: [] as unknown[],
    reducers: { add: [push('', payload())] },
  });
}

const enhanced = redux.compose(
  isthmus.isthmusEnhancer(),
  redux.applyMiddleware(isthmus.isthmusMiddleware),
) as StoreEnhancer;

export const rootMakers: RootMaker[] = [
  { name: 'redux', open: (...args) => redux.createStore(...args) },
  { name: 'isthmus/redux', open: (...args) => isthmus.createStore(...args) },
  {
    name: 'createStore with isthmusEnhancer',
    open: (reducer, preloadedState) => redux.createStore(reducer, preloadedState, enhanced),
  },
  {
    name: 'configureStore with isthmusEnhancer',
    open: (reducer, preloadedState) =>
      configureStore({
        reducer,
        preloadedState,
        devTools: false,
        middleware: () => [isthmus.isthmusMiddleware] as never,
        enhancers: (defaults) =>
          defaults({ autoBatch: false }).prepend(isthmus.isthmusEnhancer()) as never,
      }) as Store,
  },
];

/** Stores whose cell is the engine: one root reducer is not theirs to replace. */
const engineMakers: StoreMaker[] = [
  {
    name: 'an isolated store',
    open: (extra) => isolated({ reducers: { todos: todos as Reducer, ...extra } }),
  },
  {
    name: 'an isolated store with a native slice',
    open: (extra) => isolated({ slices: [nativeTodos()], reducers: extra }),
  },
  { name: 'a shared store', open: openShared },
];

export const storeMakers: StoreMaker[] = [
  ...rootMakers.map(({ name, open }) => ({
    name,
    open: (extra: Reducers = {}) => open(combiner(name)({ todos: todos as Reducer, ...extra })),
  })),
  {
    name: 'isthmus/redux with a native slice',
    open: (extra = {}) =>
      isthmus.createStore(
        isthmus.combineReducers({ todos: nativeTodos().reducer as Reducer, ...extra }),
      ),
  },
  ...engineMakers,
];

function combiner(name: string) {
  return name === 'redux' ? redux.combineReducers : isthmus.combineReducers;
}

function isolated(options: object): Store {
  return createIsolatedStore({ name: 'app', ...options }) as unknown as Store;
}

let shared = 0;
function openShared(extra: Reducers = {}): Store {
  const { store, inject } = joinSharedStore({ app: 'tests', name: `contract-${++shared}` });
  const reducers: Reducers = { todos: todos as Reducer, ...extra };
  for (const key of Object.keys(reducers)) inject({ key, reducer: reducers[key]! });
  return store as unknown as Store;
}
