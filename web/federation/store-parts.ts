import { requireEngine } from '../engine/load.js';
import { Slices } from '../store/state/slices.js';
import { StoreCore } from '../store/store.js';
import { Watches } from '../store/watch/watches.js';
import { connectStore } from './connect-store.js';
import { createMembership } from './membership.js';
import { pageStores } from './page-stores.js';

/** See {@link storeParts}. */
export interface StoreParts {
  readonly StoreCore: typeof StoreCore;
  readonly Slices: typeof Slices;
  readonly Watches: typeof Watches;
  connectStore: typeof connectStore;
  createMembership: typeof createMembership;
  pageStores: typeof pageStores;
  requireEngine: typeof requireEngine;
}

/**
 * What `isthmus/redux` makes stores of, which has the rest in a bundle of its own. Not for apps: it may change with
 * any release.
 *
 * @internal
 *
 * @example
 * ```ts
 * import { storeParts } from 'isthmus';
 *
 * const { pageStores } = storeParts;
 * console.log([...pageStores().keys()]); // the names of the page's shared stores
 * ```
 */
export const storeParts: StoreParts = {
  StoreCore,
  Slices,
  Watches,
  connectStore,
  createMembership,
  pageStores,
  requireEngine,
};
