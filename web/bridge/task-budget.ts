import type { Transport } from './transport.js';

/** Messages that one task may apply: so many, or after the first few for so long in all. */
const MOST = 64;
const FEW = 16;
const MILLISECONDS = 8;

/** What the stores of a hub may still apply before the page gets its turn, and when they go on. */
export class TaskBudget {
  #messages = 0;
  #time = 0;
  #later: Transport['later'];

  get isSpent(): boolean {
    return this.#messages >= MOST || (this.#messages >= FEW && this.#time >= MILLISECONDS);
  }

  /** Whose tasks there are: a transport that has its own has no clock either. */
  follow({ later }: Transport): void {
    this.#later = later;
  }

  /** For one message that `run` applies. The budget is whole again when the running script has ended. */
  spend(run: () => boolean): boolean {
    const start = this.#now();
    const isApplied = run();
    if (isApplied) this.#spend(this.#now() - start);
    return isApplied;
  }

  /** Calls back in a task of its own, with all of the budget. */
  later(callback: () => void): void {
    (this.#later ?? inNextTask)(() => {
      this.#renew();
      callback();
    });
  }

  #now(): number {
    return this.#later === undefined ? performance.now() : 0;
  }

  #spend(milliseconds: number): void {
    if (this.#messages === 0) queueMicrotask(() => this.#renew());
    this.#messages += 1;
    this.#time += milliseconds;
  }

  #renew(): void {
    this.#messages = 0;
    this.#time = 0;
  }
}

/** Soon: timers would wait, and in hidden pages for long. */
function inNextTask(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(undefined);
}
