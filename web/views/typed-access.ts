import type { SharedStore } from 'isthmus';

import type { AnyStore } from '../api/store.js';

/** Gives the store that a component uses. */
export interface StoreAccess {
  (): SharedStore;
  /** The same, for a store whose types are known. */
  withTypes<Store extends AnyStore>(): () => Store;
}

type AnyDispatch = (action: never) => unknown;

/** Gives its `dispatch`. */
export interface DispatchAccess {
  <Dispatch extends AnyDispatch = SharedStore['dispatch']>(): Dispatch;
  /** The same, for what the store's middleware takes. */
  withTypes<Dispatch extends AnyDispatch>(): () => Dispatch;
}
