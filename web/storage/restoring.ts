import { reportLater } from '../store/listeners.js';
import { withNeverParts } from './never-parts.js';
import type { PersistedStore, Report } from './persist-slice.js';
import { SnapshotRefused, type SnapshotContract, type SnapshotGate } from './snapshot-gate.js';
import type { SnapshotStorage } from './storage.js';

/** What became of a snapshot: it was taken, there was none, or it was refused. */
export type Hydration = 'restored' | 'empty' | 'refused';

interface RestoringOptions {
  readonly store: PersistedStore;
  readonly key: string;
  readonly storage: SnapshotStorage;
  readonly name: string;
  readonly gate: SnapshotGate;
  readonly rules: SnapshotContract;
  readonly timeout: number;
  readonly report: Report;
}

/** One slice's way from its snapshot to being ready. */
export class Restoring {
  readonly #options: RestoringOptions;
  readonly #onReady: () => void;
  #stopWaiting: () => void = () => undefined;
  #isStopped = false;
  #isDone = false;

  /** `onReady` is called once the slice is there and has the state that it begins with. */
  constructor(options: RestoringOptions, onReady: () => void) {
    this.#options = options;
    this.#onReady = onReady;
  }

  async begin(): Promise<Hydration> {
    const { store, key, gate, report } = this.#options;
    store.markLoading(key);
    let found: { readonly state: unknown } | undefined;
    let outcome: Hydration = 'refused';
    try {
      const snapshot = await this.#read();
      if (snapshot !== undefined && snapshot !== null) found = { state: await gate.open(snapshot) };
      outcome = found === undefined ? 'empty' : 'restored';
    } catch (error) {
      if (!this.#isStopped) report('read', error);
    }
    if (!this.#isStopped) this.#whenInjected(() => this.#finish(found));
    return outcome;
  }

  /** Where it is under way, the slice starts fresh. */
  stop(): void {
    const { store, key } = this.#options;
    this.#isStopped = true;
    this.#stopWaiting();
    if (!this.#isDone) store.markReady(key);
    this.#isDone = true;
  }

  async #read(): Promise<unknown> {
    const { storage, name, timeout } = this.#options;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise((_, reject) => {
      const why = `the storage has not answered within ${timeout} ms`;
      timer = setTimeout(() => reject(new SnapshotRefused('storage', why)), timeout);
    });
    const answer = new Promise((resolve) => resolve(storage.read(name)));
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  /** Within the injection, so that the snapshot comes before what was parked for the slice. */
  #whenInjected(run: () => void): void {
    const { store, key } = this.#options;
    const check = () => {
      if (store.read([key]) === undefined) return;
      this.#stopWaiting();
      run();
    };
    this.#stopWaiting = store.onStatus(check);
    check();
  }

  #finish(found: { readonly state: unknown } | undefined): void {
    const { store, key, rules, report } = this.#options;
    try {
      if (found === undefined) store.markReady(key);
      else store.hydrate(key, withNeverParts(found.state, store.read([key]), rules.never));
    } catch (error) {
      if (store.status(key) === 'ready')
        reportLater(error); // a listener's: the state is there
      else {
        report('read', error);
        store.markReady(key);
      }
    }
    this.#isDone = true;
    this.#onReady();
  }
}
