import type { Action, Dispatch, Middleware, Reducer } from 'redux';

import type { StoreBridge } from '../api/bridge.js';
import type { StoreHoldings } from '../api/crossing-port.js';
import { keyOf, type AnySlice, type InjectOptions, type Lease } from '../api/slice.js';
import type { SharedStore } from '../api/store.js';
import { assertFunction, assertKey, assertSnapshot } from '../base/arguments.js';
import { EngineError, IsthmusError } from '../base/errors.js';
import { callSafely, reportLater } from '../base/listeners.js';
import type { Path } from '../base/path.js';
import type { Pick } from '../base/picked-path.js';
import { randomId } from '../base/random-id.js';
import type { Shortcut } from '../engine/change.js';
import { hintsOf, type StoreHints } from './hints/hints.js';
import { inspectStore } from './inspect.js';
import { reportNotRegistered } from './lifecycle/lease-reports.js';
import { Leases } from './lifecycle/leases.js';
import { Readiness, type Mark } from './lifecycle/readiness.js';
import { MiddlewareChain } from './middleware-chain.js';
import { observableKey, observe } from './observe.js';
import { HYDRATE } from './state/hydrate-action.js';
import type { StateCell } from './state/state-cell.js';
import { placeOf, type Place } from './watch/place-of.js';

/** The owner of what `registerReducer` adds, which names none. */
const UNNAMED_OWNER = 'registerReducer';

/** What a store is made of; `bridge` and `holdings` are what its users see of the port. */
export interface StoreOptions {
  readonly name: string;
  readonly cell: StateCell;
  readonly bridge: StoreBridge;
  holdings(): StoreHoldings;
  /** Told of every slice that comes, once it is in the state. */
  onInjected?(key: string): void;
  /** The outermost dispatch, where the middleware of apps is not all there is. */
  readonly dispatch?: (action: unknown) => unknown;
  /** Makes of what Isthmus gives what apps get. */
  readonly finish?: (store: SharedStore) => SharedStore;
}

/** One store, as the layers above handle it; apps see its `store`. */
export class StoreCore {
  readonly name: string;
  readonly mfId = randomId();
  readonly cell: StateCell;
  /** The outermost. */
  readonly dispatch: (action: unknown) => unknown;
  /** Gives an action to the middleware of apps, the bridge and the reducers. */
  readonly reduce: (action: unknown) => unknown;
  /** The cell's, while nothing is before the cell. */
  readonly shortcut: () => Shortcut | undefined;
  readonly middleware: MiddlewareChain;
  readonly readiness: Readiness;
  readonly leases: Leases;
  readonly store: SharedStore;
  /** Undefined in production. */
  readonly hints: StoreHints | undefined;
  readonly #options: StoreOptions;
  /** Converging slices whose states others may yet give. */
  readonly #waiting = new Set<string>();
  #hasEnded = false;

  constructor(options: StoreOptions) {
    const { name, cell, dispatch, finish } = options;
    this.#options = options;
    this.name = name;
    this.cell = cell;
    const outermost = (action: unknown) => this.dispatch(action);
    const api = { getState: cell.getState, dispatch: outermost as Dispatch };
    this.middleware = new MiddlewareChain(api, cell);
    this.readiness = new Readiness((key) => cell.has(key));
    this.leases = new Leases({
      inject: (slice) => this.#inject(slice),
      replace: (slice) => this.#replace(slice),
      announceEnd: (key, slice) => {
        cell.endConverging(key);
        this.dispatch({ type: `${key}/teardown` });
        if ('teardown' in slice && slice.teardown) this.dispatch(slice.teardown);
      },
      keep: (slice) => {
        if (slice.converge !== undefined) this.#converge(slice);
      },
      remove: (key, { slice, owner }) => {
        this.hints?.removed(slice, owner);
        this.#remove(key);
      },
      assertIdle: (message) => cell.assertIdle(message),
    });
    this.hints = hintsOf?.(this, () => options.holdings().expected);
    this.reduce = this.hints?.around(this.middleware.dispatch) ?? this.middleware.dispatch;
    this.dispatch = dispatch ?? this.reduce;
    this.shortcut = dispatch === undefined ? this.middleware.shortcut : () => undefined;
    const make: (store: SharedStore) => SharedStore = finish ?? Object.freeze;
    this.store = (this.hints?.making(make) ?? make)(this.#surface(options));
  }

  acquire(owner: string, slice: AnySlice, options?: InjectOptions): Lease {
    if (this.#hasEnded) throw hasEnded(this.name, keyOf(slice));
    this.cell.assertIdle('Reducers may not inject slices.');
    return this.leases.acquire(owner, slice, options);
  }

  addMiddleware(owner: string, middleware: readonly Middleware[]): () => void {
    return this.middleware.add(owner, middleware);
  }

  /** Slices may have come that nobody injected: the root reducer of a joined store was replaced. */
  noticeSlices(): void {
    this.#tellStatus();
    for (const { key } of this.#options.holdings().expected) {
      if (this.cell.has(key)) this.#options.onInjected?.(key);
    }
  }

  /** Tears down every slice and frees the cell; not while a reducer runs. */
  dispose(): void {
    this.#hasEnded = true;
    try {
      this.leases.dispose();
    } finally {
      this.hints?.ended();
      this.cell.dispose();
    }
  }

  #inject(slice: AnySlice): void {
    this.cell.inject(slice);
    this.hints?.injected(slice);
    if (slice.converge !== undefined) this.#awaitOthers(keyOf(slice));
    this.#tellStatus();
    this.#options.onInjected?.(keyOf(slice));
  }

  /** While others may give the slice its state, nothing is to render the one that it begins with. */
  #awaitOthers(key: string): boolean {
    const waits = this.cell.whenShared(key, () => this.#awaitNoMore(key));
    if (!waits) return false;
    this.#waiting.add(key);
    this.readiness.mark(key, { status: 'loading' });
    return true;
  }

  #awaitNoMore(key: string): void {
    this.#waiting.delete(key);
    this.readiness.mark(key, { status: 'ready' });
  }

  /** It has done so before, and its end was announced. */
  #converge(slice: AnySlice): void {
    const key = keyOf(slice);
    this.cell.converge(slice);
    if (!this.#awaitOthers(key) && this.#waiting.has(key)) this.#awaitNoMore(key);
  }

  #replace(slice: AnySlice): void {
    const key = keyOf(slice);
    this.cell.replace(slice);
    if (this.#waiting.has(key) && !this.#awaitOthers(key)) this.#awaitNoMore(key);
    this.hints?.injected(slice);
  }

  #remove(key: string): void {
    this.#waiting.delete(key);
    this.readiness.forget(key);
    this.cell.remove(key);
    this.#tellStatus();
  }

  /** A slice has come or gone: listeners that throw cannot undo it, and are not the app's business. */
  #tellStatus(): void {
    const errors: unknown[] = [];
    callSafely(errors, () => this.readiness.changed());
    errors.forEach(reportLater);
  }

  #mark(key: string, mark: Mark): void {
    assertKey(key, 'a mark');
    this.readiness.mark(key, mark);
  }

  #read(path: Path): unknown {
    const value = this.cell.read(path);
    if (value === undefined) this.hints?.nothingAt(path);
    return value;
  }

  readonly #watch = (path: Path, listener: () => void): (() => void) => {
    assertFunction(listener, 'the listener of watch');
    if (this.hints !== undefined) this.#read(path);
    return this.cell.watch(path, listener);
  };

  readonly #hydrate = (key: string, snapshot: unknown): void => {
    assertKey(key, 'hydrate');
    const before = this.cell.read([key]);
    if (!this.cell.has(key)) throw nothingToHydrate(key);
    assertSnapshot(key, snapshot, before);
    let isDone = false;
    try {
      this.dispatch({ type: HYDRATE, payload: { key, snapshot } });
      isDone = true;
    } finally {
      // A listener that throws does not undo it.
      isDone ||= this.cell.read([key]) !== before;
      if (isDone) this.readiness.mark(key, { status: 'ready' });
    }
  };

  readonly #registered = new Map<string, Lease>();

  readonly #registerReducer = (key: string, reducer: Reducer): void => {
    assertKey(key, 'registerReducer');
    assertFunction(reducer, `the reducer for '${key}'`);
    if (this.#registered.has(key)) return;
    const lease = this.acquire(UNNAMED_OWNER, { key, reducer: reducer as never });
    this.#registered.set(key, lease);
  };

  readonly #unregisterReducer = (key: string): void => {
    this.cell.assertIdle('Reducers may not dispose of slices.');
    const lease = this.#registered.get(key);
    if (lease === undefined) reportNotRegistered(key, this.leases.entries.get(key)?.owner);
    this.#registered.delete(key);
    lease?.dispose({ now: true });
  };

  #surface({ bridge, holdings }: StoreOptions): SharedStore {
    const { cell, readiness } = this;
    const { getState, subscribe } = cell;
    const store: SharedStore = {
      name: this.name,
      __mfId: this.mfId,
      bridge,
      getState,
      subscribe,
      dispatch: this.dispatch as Dispatch<Action>,
      replaceReducer: refuseReplaceReducer,
      [observableKey]: () => observe(store),
      read: (place: Place, pick?: Pick) => this.#read(placeOf(place, pick)) as never,
      watch: (place: Place, pick: Pick, listener?: () => void) =>
        listener === undefined || Array.isArray(place)
          ? this.#watch(placeOf(place, undefined), pick as () => void)
          : this.#watch(placeOf(place, pick), listener),
      registerReducer: this.#registerReducer,
      unregisterReducer: this.#unregisterReducer,
      status: (key) => {
        assertKey(key, 'status');
        this.hints?.askedFor(key);
        return readiness.status(key);
      },
      whenReady: (key, options) => {
        assertKey(key, 'whenReady');
        if (options === undefined) this.hints?.askedFor(key);
        return readiness.whenReady(key, options);
      },
      markLoading: (key) => this.#mark(key, { status: 'loading' }),
      markReady: (key) => this.#mark(key, { status: 'ready' }),
      markFailed: (key, error) => this.#mark(key, { status: 'failed', error }),
      onStatus: (listener) => {
        assertFunction(listener, 'the listener of onStatus');
        return readiness.onStatus(listener);
      },
      hydrate: this.#hydrate,
      withSlices: () => this.store as never,
      inspect: () => inspectStore(this, holdings()),
    };
    return store;
  }
}

function hasEnded(name: string, key: string): IsthmusError {
  const message = `the store '${name}' has ended and takes in no slice '${key}': join the store that took its place`;
  return new IsthmusError('disposed', message);
}

function nothingToHydrate(key: string): IsthmusError {
  const message = `the slice '${key}' is not injected, so there is nothing to hydrate: inject it first`;
  return new EngineError('slice-missing', message);
}

function refuseReplaceReducer(): never {
  throw new IsthmusError(
    'store-setup',
    'A shared store has no root reducer to replace: inject slices by joinSharedStore({ app, slices }) or membership.inject(slice), or use registerReducer(key, reducer).',
  );
}
