import type { Action, Dispatch, Middleware, Reducer } from 'redux';

import { HYDRATE, kindOf } from './action.js';
import type { CrossingPort } from './crossing-port.js';
import { Dispatcher } from './dispatcher.js';
import { inspectStore } from './inspect.js';
import { Leases } from './leases.js';
import { callSafely, reportLater } from './listeners.js';
import { MiddlewareChain } from './middleware-chain.js';
import { observableKey, observe } from './observe.js';
import { randomId } from './random-id.js';
import { Readiness } from './readiness.js';
import { Slices, type AnySlice, type Change } from './slices.js';
import type { AnyState, InjectOptions, Lease, SharedStore, StoreBridge } from './types.js';
import { Watches } from './watches.js';

/** The owner of what `registerReducer` adds, which names none. */
const UNNAMED_OWNER = 'registerReducer';

/** What a store is made of; `bridge` is what its users see of the port. */
export interface StoreOptions {
  readonly name: string;
  readonly preloadedState?: AnyState;
  connect(store: StoreCore): {
    port: CrossingPort;
    bridge: StoreBridge;
    channels(): readonly string[];
  };
}

/** One store, as the layers above handle it; apps see its `store`. */
export class StoreCore {
  readonly name: string;
  readonly mfId = randomId();
  readonly slices: Slices;
  readonly watches: Watches;
  readonly dispatcher: Dispatcher;
  readonly middleware: MiddlewareChain;
  readonly readiness: Readiness;
  readonly leases: Leases;
  readonly store: SharedStore;

  constructor({ name, preloadedState, connect }: StoreOptions) {
    this.name = name;
    this.slices = new Slices(preloadedState);
    this.watches = new Watches(this.slices);
    this.dispatcher = new Dispatcher(this.slices, this.watches);
    this.middleware = new MiddlewareChain(this.getState, (action) =>
      this.dispatcher.dispatch(action),
    );
    this.readiness = new Readiness((key) => this.slices.has(key));
    this.leases = new Leases({
      inject: (slice) => this.#inject(slice),
      replace: (slice) => this.slices.replace(slice),
      announceEnd: (key) => void this.dispatch({ type: `${key}/teardown` }),
      remove: (key) => this.#remove(key),
      assertIdle: (message) => this.dispatcher.assertIdle(message),
    });
    const { port, bridge, channels } = connect(this);
    this.dispatcher.crossing = port;
    this.store = this.#surface(bridge, channels);
  }

  readonly getState = (): AnyState => {
    this.dispatcher.assertIdle(
      'You may not call store.getState() while the reducer is executing. The reducer has already received the state as an argument. Pass it down from the top reducer instead of reading it from the store.',
    );
    return this.slices.root();
  };

  readonly dispatch = (action: unknown): unknown => this.middleware.dispatch(action);

  readonly subscribe = (listener: () => void): (() => void) => {
    if (typeof listener !== 'function') {
      throw new Error(
        `Expected the listener to be a function. Instead, received: '${kindOf(listener)}'`,
      );
    }
    this.dispatcher.assertIdle(
      'You may not call store.subscribe() while the reducer is executing. If you would like to be notified after the store has been updated, subscribe from a component and invoke store.getState() in the callback to access the latest state. See https://redux.js.org/api/store#subscribelistener for more details.',
    );
    const unsubscribe = this.dispatcher.listeners.add(listener);
    return () => {
      this.dispatcher.assertIdle(
        'You may not unsubscribe from a store listener while the reducer is executing. See https://redux.js.org/api/store#subscribelistener for more details.',
      );
      unsubscribe();
    };
  };

  acquire(owner: string, slice: AnySlice, options?: InjectOptions): Lease {
    this.dispatcher.assertIdle('Reducers may not inject slices.');
    return this.leases.acquire(owner, slice, options);
  }

  addMiddleware(middleware: readonly Middleware[]): () => void {
    return this.middleware.add(middleware);
  }

  /** Tears down every slice and frees the engine's part. */
  dispose(): void {
    this.dispatcher.assertIdle('Reducers may not dispose of their store.');
    try {
      this.leases.dispose();
    } finally {
      this.slices.native.dispose();
      this.watches.forget();
    }
  }

  #inject(slice: AnySlice): void {
    this.#tell(this.slices.inject(slice));
  }

  #remove(key: string): void {
    const change = this.slices.remove(key);
    this.readiness.forget(key);
    this.#tell(change);
  }

  /** A slice has come or gone: listeners that throw cannot undo it, and are not the app's business. */
  #tell(change: Change): void {
    const errors: unknown[] = [];
    callSafely(errors, () => this.dispatcher.notify(change));
    callSafely(errors, () => this.readiness.changed());
    errors.forEach(reportLater);
  }

  readonly #hydrate = (key: string, snapshot: unknown): void => {
    this.dispatch({ type: HYDRATE, payload: { key, snapshot } });
    this.readiness.mark(key, { status: 'ready' });
  };

  readonly #registered = new Map<string, Lease>();

  readonly #registerReducer = (key: string, reducer: Reducer): void => {
    if (this.#registered.has(key)) return;
    const lease = this.acquire(UNNAMED_OWNER, { key, reducer: reducer as never });
    this.#registered.set(key, lease);
  };

  readonly #unregisterReducer = (key: string): void => {
    const lease = this.#registered.get(key);
    this.#registered.delete(key);
    lease?.dispose({ now: true });
  };

  #surface(bridge: StoreBridge, channels: () => readonly string[]): SharedStore {
    const { readiness, getState, subscribe } = this;
    const store: SharedStore = {
      name: this.name,
      __mfId: this.mfId,
      bridge,
      getState,
      subscribe,
      dispatch: this.dispatch as Dispatch<Action>,
      replaceReducer: refuseReplaceReducer,
      [observableKey]: () => observe(store),
      read: (path) => this.watches.read(path),
      watch: (path, listener) => this.watches.add(path, listener),
      registerReducer: this.#registerReducer,
      unregisterReducer: this.#unregisterReducer,
      status: (key) => readiness.status(key),
      whenReady: (key, options) => readiness.whenReady(key, options),
      markLoading: (key) => readiness.mark(key, { status: 'loading' }),
      markReady: (key) => readiness.mark(key, { status: 'ready' }),
      markFailed: (key, error) => readiness.mark(key, { status: 'failed', error }),
      onStatus: (listener) => readiness.onStatus(listener),
      hydrate: this.#hydrate,
      withSlices: () => store as never,
      inspect: () => inspectStore(this, channels()),
    };
    return Object.freeze(store);
  }
}

function refuseReplaceReducer(): never {
  throw new Error(
    'A shared store has no root reducer to replace: inject slices through a membership, or use registerReducer(key, reducer).',
  );
}
