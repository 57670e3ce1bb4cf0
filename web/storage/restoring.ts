import { reportLater } from '../base/listeners.js';
import { portOf } from '../bridge/heard.js';
import { withNeverParts } from './never-parts.js';
import type { PersistedStore } from './persisted-store.js';
import type { SnapshotContract } from './snapshot.js';

/** What became of a snapshot: it was taken, there was none, or it was refused. */
export type Hydration = 'restored' | 'empty' | 'refused';

interface RestoringOptions {
  readonly store: PersistedStore;
  readonly key: string;
  readonly never: SnapshotContract['never'];
  /** Called once the slice is there, before it has any other state than its first. */
  onInjected(): void;
  /** Does what changes the state, which is no change to be saved. */
  change(make: () => void): void;
  /** Told of a state that the slice could not take. */
  onFailed(error: unknown): void;
}

/** Gives a slice the states that it is to begin with, as soon as it is there. */
export class Restoring {
  readonly #options: RestoringOptions;
  #stopWaiting: () => void = () => undefined;
  #first: { readonly state: unknown } | undefined;
  #next: (() => void) | undefined;
  #isDone = false;
  #release: () => void = () => undefined;

  constructor(options: RestoringOptions) {
    this.#options = options;
  }

  /** The slice is loading until one of the others is called. */
  begin(): void {
    const { store, key } = this.#options;
    store.markLoading(key);
    this.#stopWaiting = store.onStatus(this.#check);
    this.#check();
  }

  /**
   * The state of a snapshot; the slice is ready with it. Messages that it holds, as `heard` tells, are not
   * applied once more.
   */
  take(state: unknown, heard: unknown): void {
    const { store, key, never } = this.#options;
    this.#whenInjected(() => {
      portOf(store)?.merge(key, heard);
      this.#hydrate(withNeverParts(state, store.read([key]), never));
    });
  }

  /** Whatever state it has; the slice is ready. */
  leave(): void {
    const { store, key } = this.#options;
    this.#whenInjected(() => store.markReady(key));
  }

  /** No snapshot is to be taken, unless one was. */
  abandon(): void {
    if (!this.#isDone) this.leave();
  }

  /** The state that it had when it came, where it is there. */
  startAnew(): void {
    if (this.#first !== undefined) this.#hydrate(this.#first.state);
  }

  /** Where it is under way, the slice is ready with the state it has. */
  stop(): void {
    const { store, key } = this.#options;
    this.#stopWaiting();
    this.release();
    if (store.status(key) === 'loading') store.markReady(key);
  }

  /** Messages are no longer kept waiting for the snapshot, which would replace what they did. */
  release(): void {
    this.#release();
  }

  /** Within the injection, so that the snapshot comes before what was parked for the slice. */
  readonly #check = (): void => {
    const { store, key, onInjected } = this.#options;
    const state = store.read([key]);
    if (state === undefined || this.#first !== undefined) return;
    this.#stopWaiting();
    this.#first = { state };
    onInjected();
    if (this.#next !== undefined) this.#whenInjected(this.#next);
    else this.#release = portOf(store)?.hold() ?? this.#release;
  };

  #whenInjected(run: () => void): void {
    this.#next = run;
    if (this.#first === undefined) return;
    this.#isDone = true;
    try {
      run();
    } finally {
      this.release();
    }
  }

  #hydrate(state: unknown): void {
    const { store, key, change, onFailed } = this.#options;
    const [before, status] = [store.read([key]), store.status(key)];
    try {
      change(() => store.hydrate(key, state));
    } catch (error) {
      const isThere = store.read([key]) !== before || store.status(key) !== status;
      if (isThere)
        reportLater(error); // a listener's
      else {
        store.markReady(key);
        onFailed(error);
      }
    }
  }
}
