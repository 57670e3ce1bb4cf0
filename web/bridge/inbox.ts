import { inNextTask, type TaskBudget } from './task-budget.js';

/** Where a store's messages go. */
export interface InboxOptions {
  /** How many may wait. */
  readonly size: number;
  readonly budget: TaskBudget;
  /** Decides about one and applies it; returns whether it was applied. Never throws. */
  take(message: unknown): boolean;
  /** Told of so many that found no room. Never throws. */
  onOverflow(messages: number): void;
}

/**
 * The messages of a channel on their way into one store, in order. What comes after the task's budget is
 * spent waits, within a bound, for the next task.
 */
export class Inbox {
  readonly #options: InboxOptions;
  #waiting: unknown[] = [];
  #lost = 0;
  #isScheduled = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  receive(message: unknown): void {
    if (this.#waiting.length > 0 || this.#options.budget.isSpent) this.#wait(message);
    else this.#take(message);
  }

  /** Forgets what waits. */
  close(): void {
    this.#waiting = [];
    this.#lost = 0;
  }

  #wait(message: unknown): void {
    if (this.#waiting.length < this.#options.size) this.#waiting.push(message);
    else this.#lost += 1;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    inNextTask(() => this.#drain());
  }

  #drain(): void {
    if (this.#lost > 0) this.#options.onOverflow(this.#lost);
    this.#lost = 0;
    let taken = 0;
    while (taken < this.#waiting.length && !this.#options.budget.isSpent) {
      this.#take(this.#waiting[taken++]);
    }
    this.#waiting.splice(0, taken);
    this.#isScheduled = false;
    if (this.#waiting.length > 0) this.#schedule();
  }

  #take(message: unknown): void {
    const start = performance.now();
    if (this.#options.take(message)) this.#options.budget.spend(performance.now() - start);
  }
}
