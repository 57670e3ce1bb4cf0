/** Messages that one task may apply: so many, or after the first few for so long in all. */
const MOST = 64;
const FEW = 16;
const MILLISECONDS = 8;

/** What the stores of a hub may still apply before the page gets its turn. */
export class TaskBudget {
  #messages = 0;
  #time = 0;

  get isSpent(): boolean {
    return this.#messages >= MOST || (this.#messages >= FEW && this.#time >= MILLISECONDS);
  }

  /** For one message. The budget is whole again when the running script has ended. */
  spend(milliseconds: number): void {
    if (this.#messages === 0) queueMicrotask(() => this.#renew());
    this.#messages += 1;
    this.#time += milliseconds;
  }

  #renew(): void {
    this.#messages = 0;
    this.#time = 0;
  }
}

/** Calls back in a task of its own, soon: timers would wait, and in hidden pages for long. */
export function inNextTask(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(undefined);
}
