/** Messages that one task may apply: so many, or after the first few until so long after the first. */
const MOST = 64;
const FEW = 16;
const MILLISECONDS = 8;

/** What the stores of a hub may still apply before the page gets its turn. */
export class TaskBudget {
  #messages = 0;
  #begin = 0;

  get isSpent(): boolean {
    if (this.#messages < FEW) return false;
    return this.#messages >= MOST || performance.now() - this.#begin >= MILLISECONDS;
  }

  /** For one message. The budget is whole again when the running script has ended. */
  spend(): void {
    if (this.#messages === 0) {
      this.#begin = performance.now();
      queueMicrotask(() => void (this.#messages = 0));
    }
    this.#messages += 1;
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
