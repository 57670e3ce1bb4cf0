import { IsthmusError, type AnyState, type Path, type SharedStore } from 'isthmus';
import type { Action } from 'redux';

import { callAlone } from '../base/listeners.js';
import { NO_PICK } from '../base/picked-path.js';
import { isBrowserRealm } from '../page/realm.js';
import { readIn } from './path-source.js';
import { pathOf, type AnySlice } from './place.js';

/** What a store has that only the real one can do. */
const LATER =
  'bridge registerReducer unregisterReducer replaceReducer markLoading markReady markFailed hydrate inspect';

const standIns = new WeakSet<SharedStore>();

/** Whether a store only stands in for one that is yet to be joined. */
export function isStandIn(store: SharedStore): boolean {
  return standIns.has(store);
}

/**
 * Until a store is joined, such as while the engine is loaded: its `store` stands in for that one. It shows the state
 * that the page came with, and what is dispatched waits, in its order, for the store to be joined.
 */
export class WaitingStore {
  readonly store: SharedStore;
  readonly #state: AnyState;
  readonly #actions: Action[] = [];
  readonly #promises = new Map<string, Promise<void>>();
  readonly #whenJoined: Promise<SharedStore>;
  #resolve!: (store: SharedStore) => void;
  #joined: SharedStore | undefined;

  constructor(state: AnyState) {
    this.#state = state;
    this.#whenJoined = new Promise((resolve) => (this.#resolve = resolve));
    this.store = this.#standIn();
    standIns.add(this.store);
  }

  /** What has waited is dispatched; what is dispatched from now on goes there, too. */
  join(store: SharedStore): void {
    this.#joined = store;
    for (const action of this.#actions.splice(0)) callAlone(() => void store.dispatch(action));
    this.#resolve(store);
  }

  /** Tells what has waited in vain, unless the store is joined again at once, as in StrictMode. */
  leave(): void {
    this.#joined = undefined;
    setTimeout(() => {
      if (this.#joined !== undefined || this.#actions.length === 0) return;
      const types = this.#actions.splice(0).map(({ type = 'a thunk' }) => type);
      console.error(
        `isthmus: ${types.join(', ')}: dispatched before the store was joined, and lost, since it never was.`,
      );
    });
  }

  #standIn(): SharedStore {
    const state = this.#state;
    const nothing = () => () => undefined;
    const store = {
      name: '',
      getState: () => state,
      read: (place: Path | AnySlice, pick?: () => unknown) =>
        readIn(state, pathOf(ANY_PICK_IS_WRONG, place, pick)),
      watch: nothing,
      subscribe: nothing,
      onStatus: nothing,
      status: (key: string) => (Object.hasOwn(state, key) ? 'ready' : 'loading'),
      whenReady: (key: string) => this.#whenReady(key),
      withSlices: () => store,
      dispatch: (action: Action) => this.#dispatch(action),
    };
    for (const member of LATER.split(' '))
      Object.defineProperty(store, member, { get: () => notYet(member) });
    return store as never;
  }

  #dispatch(action: Action): Action {
    if (this.#joined !== undefined) return this.#joined.dispatch(action);
    if (!isBrowserRealm()) notYet('dispatch');
    this.#actions.push(action);
    return action;
  }

  /** The same promise, as React's `use` wants it. */
  #whenReady(key: string): Promise<void> {
    if (Object.hasOwn(this.#state, key)) return Promise.resolve();
    if (!isBrowserRealm()) notYet('whenReady'); // on a server it never will be
    const known = this.#promises.get(key);
    const promise = known ?? this.#whenJoined.then((store) => store.whenReady(key));
    this.#promises.set(key, promise);
    return promise;
  }
}

const ANY_PICK_IS_WRONG = {
  read: () => {
    throw new IsthmusError('invalid-argument', NO_PICK);
  },
} as unknown as SharedStore;

function notYet(member: string): never {
  const message = `store.${member}: the store is yet to be joined. Until then it shows the state that the page came with and takes actions, which wait; in an effect, ask for it once the store is another one`;
  throw new IsthmusError('engine-missing', message);
}
