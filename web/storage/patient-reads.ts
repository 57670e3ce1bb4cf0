import type { Place } from './place.js';
import { SnapshotRefused } from './snapshot-gate.js';

/** Reads of a place that is given so many milliseconds for an answer. */
export class PatientReads {
  readonly #place: Place;
  readonly #timeout: number;
  #abandon: () => void = () => undefined;

  constructor(place: Place, timeout: number) {
    this.#place = place;
    this.#timeout = timeout;
  }

  /** A first failure may be the storage's waking up. */
  async readTwice(): Promise<unknown> {
    return this.#place.read().catch(() => this.#place.read());
  }

  /** The answer, of a read now by default; rejects when its time is over, or it is abandoned. */
  inTime(answer: Promise<unknown> = this.#place.read()): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const why = `the storage has not answered within ${this.#timeout} ms`;
      let timer: ReturnType<typeof setTimeout>;
      const begin = () => {
        timer = setTimeout(() => reject(new SnapshotRefused('storage', why)), this.#timeout);
      };
      const { ready } = this.#place;
      if (ready === undefined) begin();
      else void ready.then(begin, reject);
      this.#abandon = () => {
        clearTimeout(timer);
        reject(new SnapshotRefused('off', 'it is no longer wanted'));
      };
      void answer.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  /** The answer is no longer waited for. */
  abandon(): void {
    this.#abandon();
  }
}
