import { IsthmusError, type SharedStore } from 'isthmus';
import type { Middleware, Reducer, Store, StoreEnhancer } from 'redux';

import { adoptReduxStore, type ReduxStoreOptions } from './adopted-store.js';
import { extended, joinedStore, type Extension } from './extension.js';
import { RootReducer } from './root-reducer.js';

type Next = (action: unknown) => unknown;

/** What the enhancer and the middleware of one store know of each other. */
interface Link {
  /** What follows the middleware; undefined until the middleware is there. */
  next: Next | undefined;
  /** Undefined until the store is. */
  reduce: Next | undefined;
}

/** The link of the store that is being created: its middleware is set up meanwhile. */
let opened: Link | undefined;

const HOW =
  'configureStore({ ..., middleware: (defaults) => defaults().concat(isthmusMiddleware), enhancers: (defaults) => defaults().prepend(isthmusEnhancer()) })';

/**
 * Makes an Isthmus store of the store that `configureStore` creates: prepend it to the enhancers, and let
 * {@link isthmusMiddleware} be the last middleware, or let `withIsthmus` of isthmus/toolkit do both. Everything else of the store
 * works as before.
 *
 * With an `app`, the store is the page's shared one, which other apps join; without, an isolated store.
 *
 * Slices that converge are injected, as `slices` or by apps that join. The DevTools show their states as they
 * were; whatever the DevTools make of them, the next action that is dispatched shows what all tabs have.
 *
 * @throws IsthmusError `store-setup` when the middleware is missing or not the last, `store-exists` when the
 * page has a store of that name, `engine-missing` before `loadEngine`.
 *
 * @example
 * ```ts
 * import { configureStore } from '@reduxjs/toolkit';
 * import { loadEngine } from 'isthmus';
 * import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
 *
 * await loadEngine();
 * export const store = configureStore({
 *   reducer: { count: (state: number = 0) => state },
 *   middleware: (defaults) => defaults().concat(isthmusMiddleware),
 *   enhancers: (defaults) => defaults().prepend(isthmusEnhancer({ app: 'host' })),
 * });
 * ```
 */
export function isthmusEnhancer(
  options: ReduxStoreOptions = {},
): StoreEnhancer<Extension & { dispose(): void }> {
  if (typeof options !== 'object' || options === null) {
    throw setupError(`isthmusEnhancer takes options, not a ${typeof options}: call it`);
  }
  const enhancer =
    (create: (...args: unknown[]) => Store) => (reducer: Reducer, state?: unknown) => {
      if (typeof reducer !== 'function') return create(reducer, state);
      const root = new RootReducer(reducer);
      const { inner, link, next } = linked(() => create(root.reduce, state));
      const finish = (added: SharedStore, dispose: () => void) =>
        Object.assign(extended(inner, root, added), { dispose });
      const { store, reduce } = adoptReduxStore(joinedStore(inner, root, next), options, finish);
      link.reduce = reduce;
      return store;
    };
  return enhancer as never;
}

/**
 * Ends the chain of middleware: from here an action passes the middleware of the apps that have joined,
 * reserves its place on the bridge, and goes to the reducers. Belongs to {@link isthmusEnhancer}.
 *
 * @throws IsthmusError `store-setup` when the store's outermost enhancer is not `isthmusEnhancer()`.
 *
 * @example
 * ```ts
 * import { applyMiddleware, combineReducers, compose, createStore } from 'isthmus/redux';
 * import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
 *
 * const reducer = combineReducers({ count: (state: number = 0) => state });
 * const enhancer = compose(isthmusEnhancer({ name: 'checkout' }), applyMiddleware(isthmusMiddleware));
 * export const create = () => createStore(reducer, enhancer as never);
 * ```
 */
export const isthmusMiddleware: Middleware<object> = () => {
  const link = opened;
  if (link === undefined) {
    throw setupError('isthmusMiddleware needs isthmusEnhancer() as the outermost enhancer');
  }
  return (next) => {
    link.next = next;
    return (action) => (link.reduce ?? next)(action);
  };
};

function linked(create: () => Store): { inner: Store; link: Link; next: Next } {
  const link: Link = { next: undefined, reduce: undefined };
  const outer = opened;
  opened = link;
  try {
    const inner = create();
    const { next } = link;
    if (next === undefined) {
      throw setupError(
        'isthmusEnhancer() is not the outermost enhancer, or isthmusMiddleware is missing',
      );
    }
    assertLast(next);
    return { inner, link, next };
  } finally {
    opened = outer;
  }
}

/** A middleware that follows would take a function for a thunk; the store itself refuses it. */
function assertLast(next: Next): void {
  let wasCalled = false;
  try {
    next(() => (wasCalled = true));
  } catch {
    return;
  }
  if (wasCalled) throw setupError('isthmusMiddleware is not the last middleware');
}

function setupError(what: string): IsthmusError {
  return new IsthmusError('store-setup', `${what}. What works: ${HOW}`);
}
