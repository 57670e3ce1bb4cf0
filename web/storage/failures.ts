import type { SnapshotRefusal } from './persisted-store.js';
import { Schedule } from './schedule.js';
import { SnapshotRefused } from './snapshot-gate.js';

interface FailuresOptions {
  /** Of what is kept. */
  readonly key: string;
  onRefused(refusal: SnapshotRefusal): void;
  /** Tries again what has failed. */
  again(): void;
}

/** How often a storage that fails is tried again by itself: within half a minute, ever more seldom. */
const RETRIES = 5;
const FIRST_RETRY = 100;

/** What keeps a snapshot from being read or written, and the tries to get past it. */
export class Failures {
  readonly #options: FailuresOptions;
  readonly #timer: Schedule;
  #refusal: SnapshotRefusal | undefined;
  #retries = 0;

  constructor(options: FailuresOptions) {
    this.#options = options;
    this.#timer = new Schedule(() => options.again());
  }

  /** Of the last exchange with the storage, if that failed. */
  get refusal(): SnapshotRefusal | undefined {
    return this.#refusal;
  }

  /** Told once for the same in a row, unless that is to be repeated. */
  add(direction: SnapshotRefusal['direction'], error: unknown, isRepeated = false): void {
    const reason = error instanceof SnapshotRefused ? error.reason : 'storage';
    const message = error instanceof Error ? error.message : String(error);
    const refusal = { key: this.#options.key, direction, reason, message };
    const before = this.#refusal;
    this.#refusal = refusal;
    const isSame = before?.direction === direction && before.message === refusal.message;
    if (isRepeated || !isSame) this.#options.onRefused(refusal);
  }

  retry(): void {
    if (this.#retries >= RETRIES) return;
    this.#timer.set(FIRST_RETRY * 4 ** this.#retries++);
  }

  /** An exchange has gone well. */
  overcome(): void {
    this.forget();
    this.#retries = 0;
  }

  forget(): void {
    this.#refusal = undefined;
  }

  stopRetrying(): void {
    this.#timer.cancel();
  }
}
