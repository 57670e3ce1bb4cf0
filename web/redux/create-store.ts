import type { SharedStore } from 'isthmus';
import {
  createStore as reduxCreateStore,
  legacy_createStore as reduxLegacyCreateStore,
  type Action,
  type Reducer,
  type Store,
  type StoreEnhancer,
} from 'redux';

import { extendReduxStore } from './adopted-store.js';
import { extended, joinedStore, type Extension } from './extension.js';
import { RootReducer } from './root-reducer.js';

/** As Redux has it: an enhancer that says nothing of the state adds nothing to it. */
type UnknownIfNonSpecific<T> = object extends T ? unknown : T;

/** Redux's own signatures; what they give has Isthmus' members, too. */
export interface CreateStore {
  <S, A extends Action, Ext extends object = object, StateExt extends object = object>(
    reducer: Reducer<S, A>,
    enhancer?: StoreEnhancer<Ext, StateExt>,
  ): Store<S, A, UnknownIfNonSpecific<StateExt>> & Ext & Extension;
  <
    S,
    A extends Action,
    Ext extends object = object,
    StateExt extends object = object,
    PreloadedState = S,
  >(
    reducer: Reducer<S, A, PreloadedState>,
    preloadedState?: PreloadedState | undefined,
    enhancer?: StoreEnhancer<Ext, StateExt>,
  ): Store<S, A, UnknownIfNonSpecific<StateExt>> & Ext & Extension;
}

/** Around either of Redux's own two, which differ in the surplus enhancers that they refuse. */
function around(createInner: unknown): CreateStore {
  const create = createInner as (...args: unknown[]) => Store;
  const createStore = (reducer: Reducer, ...rest: unknown[]) => {
    // Redux says what is wrong with a reducer that is none.
    if (typeof reducer !== 'function') return create(reducer);
    const root = new RootReducer(reducer);
    const inner = create(root.reduce, ...rest);
    if ('__mfId' in inner) return inner; // isthmusEnhancer was among the enhancers
    const finish = (added: SharedStore) => extended(inner, root, added);
    return extendReduxStore(joinedStore(inner, root, inner.dispatch), finish);
  };
  return createStore as unknown as CreateStore;
}

/**
 * Redux's `createStore` around Redux's own store: same arguments, same semantics, same messages. The store
 * can `read` and `watch` paths and takes in slices through `registerReducer`.
 *
 * @example
 * ```ts
 * import { applyMiddleware, combineReducers, createStore } from 'isthmus/redux';
 *
 * const count = (state: number = 0, { type }: { type: string }) => (type === 'add' ? state + 1 : state);
 * const store = createStore(combineReducers({ count }), applyMiddleware());
 * store.watch(['count'], () => console.log(store.read(['count'])));
 * store.dispatch({ type: 'add' });
 * ```
 */
export const createStore = /* @__PURE__ */ around(reduxCreateStore);

/**
 * {@link createStore} under the name that Redux gives it where it is not struck out.
 *
 * @example
 * ```ts
 * import { combineReducers, legacy_createStore as createStore } from 'isthmus/redux';
 *
 * const store = createStore(combineReducers({ name: (state: string = 'Ada') => state }));
 * ```
 */
export const legacy_createStore = /* @__PURE__ */ around(reduxLegacyCreateStore);
