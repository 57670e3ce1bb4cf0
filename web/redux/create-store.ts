import { extendReduxStore, type SharedStore } from 'isthmus';
import {
  legacy_createStore as reduxCreateStore,
  type Action,
  type Reducer,
  type Store,
  type StoreEnhancer,
} from 'redux';

import { extended, joinedStore, type Extension } from './joined-store.js';
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
export const createStore = ((reducer: Reducer, ...rest: unknown[]) => {
  const create = reduxCreateStore as (...args: unknown[]) => Store;
  // Redux says what is wrong with a reducer that is none.
  if (typeof reducer !== 'function') return create(reducer);
  const root = new RootReducer(reducer);
  const inner = create(root.reduce, ...rest);
  if ('__mfId' in inner) return inner; // isthmusEnhancer was among the enhancers
  const finish = (added: SharedStore) => extended(inner, root, added);
  return extendReduxStore(joinedStore(inner, root, inner.dispatch), finish);
}) as unknown as CreateStore;
