import { portOf } from '../bridge/heard.js';
import { Changes, isLater, type Unwritten } from './changes.js';
import type { Kept, KeptEvents } from './kept.js';
import type { PersistedStore } from './persisted-store.js';
import type { Known } from './place.js';
import { Restoring } from './restoring.js';
import type { SnapshotGate } from './snapshot-gate.js';
import { timeOf, type Snapshot, type SnapshotContract } from './snapshot.js';

interface KeptSliceOptions {
  readonly store: PersistedStore;
  readonly key: string;
  readonly gate: SnapshotGate;
  readonly never: SnapshotContract['never'];
}

/** A state, and what it holds of other pages' messages. */
interface SliceNow {
  readonly state: unknown;
  readonly heard: object;
}

/** One slice. Of two pages that have changed it, the later change is the one to keep. */
export class KeptSlice implements Kept<SliceNow> {
  readonly #options: KeptSliceOptions;
  readonly #changes: Changes;
  #told!: KeptEvents;
  #restoring!: Restoring;

  constructor(options: KeptSliceOptions) {
    this.#options = options;
    this.#changes = new Changes(options.store, options.key);
  }

  begin(told: KeptEvents): void {
    const { store, key, never } = this.#options;
    const { onChange, onGone, onFailed } = told;
    this.#told = told;
    this.#restoring = new Restoring({
      ...{ store, key, never, onFailed },
      onInjected: () => this.#changes.watch(onChange, onGone),
      change: (make) => this.#changes.except(make),
    });
    this.#restoring.begin();
  }

  take(stored: unknown, isWanted: boolean, unwritten: Unwritten | undefined): void {
    const state = this.#options.gate.open(stored);
    if (isWanted || !isLater(unwritten, stored)) this.#told.onReplaced();
    if (isWanted) this.#restoring.take(state, (stored as Snapshot).heard);
  }

  leave(): void {
    this.#restoring.leave();
  }

  forget(isBack: boolean): void {
    this.#restoring.abandon();
    if (isBack) this.#restoring.startAnew();
  }

  read(): SliceNow | undefined {
    const { store, key } = this.#options;
    const port = portOf(store);
    const heard = port === undefined ? {} : port.heard();
    return heard && { state: store.read([key]), heard };
  }

  /** Of two pages that heard the same, the other was faster. */
  isSeenTo(unwritten: Unwritten | undefined): boolean {
    return unwritten?.at === undefined;
  }

  seal({ state, heard }: SliceNow, { at }: Unwritten, over: Known): Snapshot {
    // A change of another page is no later than that page's own snapshot of it.
    const savedAt = at ?? timeOf(over.snapshot) + Math.random();
    const snapshot = this.#options.gate.seal(state, savedAt);
    return Object.keys(heard).length === 0 ? snapshot : { ...snapshot, heard };
  }

  end(isStopped: boolean): void {
    this.#changes.stop();
    if (isStopped) this.#restoring.stop();
    else this.#restoring.release();
    this.#options.gate.dispose();
  }
}
