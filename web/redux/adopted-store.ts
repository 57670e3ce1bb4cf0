import { IsthmusError, storeParts } from 'isthmus';

import type { StoreBridge } from '../api/bridge.js';
import { type MembershipOptions } from '../api/membership.js';
import type { AnyState, SharedStore } from '../api/store.js';
import { NOTHING_COUNTED } from '../bridge/nothing-counted.js';
import type { ConvergingPort } from '../engine/store-log.js';
import { isBrowserRealm } from '../page/realm.js';
import type { BridgeOptions } from '../federation/bridge-options.js';
import type { StoreOptions } from '../store/store.js';
import type { JoinedStore } from './joined-store.js';
import { ReduxCell, type ReduxCellOptions } from './redux-cell.js';

/** What `isthmusEnhancer` takes. */
export interface ReduxStoreOptions extends Partial<MembershipOptions> {
  /**
   * The app that makes the store. With it, the store is the page's shared one, which other apps join;
   * without, it is an isolated store.
   */
  readonly app?: string;
  /** Names the store in contracts, and on the page; `shared` with an `app`, `redux` without. */
  readonly name?: string;
  /** State of slices that are yet to be injected. */
  readonly preloadedState?: Partial<AnyState>;
  /** What crosses, and how. */
  readonly bridge?: BridgeOptions;
}

/** A Redux store, extended by what Isthmus' stores have. */
export interface ExtendedStore {
  readonly store: SharedStore;
  /** What the last middleware hands its actions to: the middleware of apps, the bridge, the reducers. */
  readonly reduce: (action: unknown) => unknown;
}

type Finish = (added: SharedStore) => SharedStore;

/**
 * Joins a Redux store, made elsewhere, to the page and to the bridge: what `isthmus/redux` is made of.
 * `finish` gets the members that Isthmus adds and the function that ends the store.
 *
 * @throws IsthmusError `store-exists` when the page has a store of that name.
 */
export function adoptReduxStore(
  joined: JoinedStore,
  { app, name = nameFor(app), bridge, preloadedState, ...rest }: ReduxStoreOptions,
  finish: (added: SharedStore, dispose: () => void) => SharedStore,
): ExtendedStore {
  const { connectStore, createMembership, pageStores } = storeParts;
  const isPages = app !== undefined && isBrowserRealm();
  if (isPages && pageStores().has(name)) throw storeExists(name, app);
  const leavePage = () => void (isPages && pageStores().delete(name));
  const dispose = () => connected.end(leavePage);
  const connected = connectStore(name, bridge, (crossing, limits) =>
    partsOf({ name, joined, preloadedState, crossing, limits }, (added) =>
      noticing(finish(added, dispose), () => connected.core.noticeSlices()),
    ),
  );
  if (isPages) pageStores().set(name, connected);
  try {
    createMembership(connected, { ...rest, app: app ?? name });
  } catch (error) {
    dispose();
    throw error;
  }
  const { core } = connected;
  return { store: core.store, reduce: core.reduce };
}

/**
 * Gives a Redux store, made elsewhere, what Isthmus' stores have, except for a bridge: what `createStore`
 * of `isthmus/redux` is made of. Needs no engine.
 */
export function extendReduxStore(joined: JoinedStore, finish: Finish): SharedStore {
  const parts = partsOf({ name: 'redux', joined, crossing: NO_CROSSING }, (added) =>
    noticing(finish(added), () => core.noticeSlices()),
  );
  const holdings = () => NOTHING_HELD;
  const core = new storeParts.StoreCore({
    name: 'redux',
    bridge: NO_BRIDGE,
    holdings,
    ...parts,
  });
  return core.store;
}

/** The store, whose new root reducers are told of. */
function noticing(store: SharedStore, notice: () => void): SharedStore {
  const { replaceReducer } = store;
  const replace: SharedStore['replaceReducer'] = (next) => {
    replaceReducer(next);
    notice();
  };
  return Object.assign(store, { replaceReducer: replace });
}

function partsOf(
  options: ReduxCellOptions,
  finish: Finish,
): Pick<StoreOptions, 'cell' | 'dispatch' | 'finish'> {
  const dispatch = (action: unknown) => options.joined.dispatch(action);
  return { cell: new ReduxCell(options), dispatch, finish };
}

function nameFor(app: string | undefined): string {
  return app === undefined ? 'redux' : 'shared';
}

function storeExists(name: string, app: string): IsthmusError {
  const message = `the page has a store '${name}' already, and '${app}' cannot make another: let one app call isthmusEnhancer({ app }) before the others call joinSharedStore, or give the store another name`;
  return new IsthmusError('store-exists', message);
}

const NO_CROSSING: ConvergingPort = {
  openLog: () => undefined,
  reserve: () => undefined,
  nesting: { depth: 0, slots: [] },
  settled: () => undefined,
};

const NOTHING_HELD = { channels: [], memberships: new Map(), contracts: [], expected: [] };

const NO_BRIDGE: StoreBridge = /* @__PURE__ */ Object.freeze({
  enabled: false,
  setEnabled(on: boolean) {
    if (!on) return;
    const message =
      'this store has no bridge: make it with isthmusEnhancer() and isthmusMiddleware of isthmus/redux';
    throw new IsthmusError('store-setup', message);
  },
  counters: () => NOTHING_COUNTED,
  onDrop: () => () => undefined,
  onGap: () => () => undefined,
  log: /* @__PURE__ */ Object.freeze({
    entries: () => [],
    settled: () => Promise.resolve(),
    onRebase: () => () => undefined,
    onDiverged: () => () => undefined,
    onOtherRelease: () => () => undefined,
    forget: () => undefined,
  }),
  onCross: () => () => undefined,
});
