import type { PersistedStore, Report } from './persist-slice.js';
import type { SnapshotGate } from './snapshot-gate.js';
import type { SnapshotStorage } from './storage.js';

interface SavingOptions {
  readonly store: PersistedStore;
  readonly key: string;
  readonly storage: SnapshotStorage;
  readonly name: string;
  readonly gate: SnapshotGate;
  /** Milliseconds from a change until it is written, with all that follow meanwhile. */
  readonly every: number | 'never';
  readonly report: Report;
}

/** Writes a slice's changes, one after the other, until the slice goes; the gate ends with it. */
export class Saving {
  readonly #options: SavingOptions;
  #stopWatching: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written: Promise<unknown> = Promise.resolve();

  constructor(options: SavingOptions) {
    this.#options = options;
  }

  begin(): void {
    const { store, key, every } = this.#options;
    if (every === 'never') {
      this.#end();
      return;
    }
    this.#stopWatching = store.watch([key], () => {
      // A teardown may have reset the state: that is no state to keep.
      if (store.read([key]) === undefined) this.#end();
      else this.#timer ??= setTimeout(this.#save, every);
    });
  }

  async flush(): Promise<void> {
    if (this.#timer !== undefined) this.#save();
    await this.#written;
  }

  clear(): Promise<void> {
    const { storage, name } = this.#options;
    this.#cancel();
    return this.#inTurn(() => storage.remove(name));
  }

  async stop(): Promise<void> {
    const flushed = this.flush();
    this.#end();
    await flushed;
  }

  readonly #save = (): void => {
    const { store, key, storage, name, gate, report } = this.#options;
    this.#cancel();
    try {
      const snapshot = gate.seal(store.read([key]));
      void this.#inTurn(() => storage.write(name, snapshot));
    } catch (error) {
      report('write', error);
    }
  };

  #inTurn(access: () => unknown): Promise<void> {
    const { report } = this.#options;
    const done = this.#written.then(access).then(
      () => undefined,
      (error: unknown) => report('write', error),
    );
    this.#written = done;
    return done;
  }

  #end(): void {
    this.#cancel();
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#options.gate.dispose();
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
