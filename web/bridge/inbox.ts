import type { TaskBudget } from './hub.js';
/** Where a store's messages go. */
export interface InboxOptions {
  /** How many may wait. */
  readonly size: number;
  readonly budget: TaskBudget;
  /** Decides about one and applies it; returns whether it was taken. Never throws. */
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
  readonly #first: (() => boolean)[] = [];
  #waiting: unknown[] = [];
  #lost = 0;
  #holds = 0;
  #isScheduled = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  receive(message: unknown): void {
    if (this.#waiting.length > 0 || this.#isHeldUp()) this.#wait(message);
    else this.#take(message);
  }

  /**
   * Takes steps, as far as the task's budget goes at once, before all messages that wait or are yet to
   * come, until one returns that there was nothing left to do. They never throw.
   */
  precede(step: () => boolean): void {
    this.#first.push(step);
    if (this.#first.length > 1) return;
    this.#takeFirst();
    if (this.#first.length > 0) this.#schedule();
  }

  get isHeld(): boolean {
    return this.#holds > 0;
  }

  /** Everything waits until what this returns is called, and all other holds have ended too. */
  hold(): () => void {
    let isHolding = true;
    this.#holds += 1;
    return () => {
      if (!isHolding) return;
      isHolding = false;
      this.#holds -= 1;
      if (!this.isHeld) this.#schedule();
    };
  }

  /** Forgets what waits. */
  close(): void {
    this.#first.length = 0;
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
    this.#options.budget.later(() => this.#drain());
  }

  #drain(): void {
    if (this.#lost > 0) this.#options.onOverflow(this.#lost);
    this.#lost = 0;
    this.#takeFirst();
    let taken = 0;
    while (taken < this.#waiting.length && !this.#isHeldUp()) {
      this.#take(this.#waiting[taken++]);
    }
    this.#waiting.splice(0, taken);
    this.#isScheduled = false;
    if (!this.isHeld && (this.#waiting.length > 0 || this.#first.length > 0)) this.#schedule();
  }

  #isHeldUp(): boolean {
    return this.isHeld || this.#first.length > 0 || this.#options.budget.isSpent;
  }

  /** A step may lead to more of them, which come after it. */
  #takeFirst(): void {
    while (this.#first.length > 0 && !this.isHeld && !this.#options.budget.isSpent) {
      if (!this.#options.budget.spend(this.#first[0]!)) this.#first.shift();
    }
  }

  #take(message: unknown): void {
    this.#options.budget.spend(() => this.#options.take(message));
  }
}
