import { createIsolatedStore, defineSlice, joinSharedStore, payload, push } from 'isthmus';
import * as redux from 'redux';
import type { Action, Reducer, Store, StoreEnhancer } from 'redux';

export type Redux = typeof redux;
export type Reducers = Record<string, Reducer>;

/** The modules that keep the contract; Redux itself is one, which proves the tests. */
export const modules: [string, Redux][] = [['redux', redux]];

/** A store over any root reducer. */
export interface RootMaker {
  name: string;
  open(reducer: Reducer, preloadedState?: unknown, enhancer?: StoreEnhancer): Store;
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

export const rootMakers: RootMaker[] = [
  { name: 'redux', open: (...args) => redux.createStore(...(args as [Reducer])) },
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
    open: (extra: Reducers = {}) =>
      open(redux.combineReducers({ todos: todos as Reducer, ...extra })),
  })),
  ...engineMakers,
];

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
