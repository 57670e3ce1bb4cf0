import type { TransportTimers } from './transport.js';

/** The longest that browsers take for a timer, in milliseconds; more is none. */
const LONGEST = 2 ** 31 - 1;

/**
 * One timer for a task whose time is moved often. A timer that is set for an earlier time than needed is
 * left alone, and looks again when it goes off.
 */
export class Alarm {
  readonly #timers: () => TransportTimers;
  readonly #task: () => void;
  #deadline = Infinity;
  /** The deadline that it is armed for. */
  #armedFor = Infinity;
  #cancel: () => void = () => undefined;

  /** `task` is run once for a deadline that has passed. It never throws. */
  constructor(timers: () => TransportTimers, task: () => void) {
    this.#timers = timers;
    this.#task = task;
  }

  /** When it is to be run, on the clock of the timers; Infinity for never. */
  set(deadline: number): void {
    this.#deadline = deadline;
    if (deadline === Infinity) this.#stop();
    else if (deadline < this.#armedFor) this.#arm();
  }

  #stop(): void {
    this.#cancel();
    this.#armedFor = Infinity;
  }

  #arm(): void {
    this.#stop();
    const timers = this.#timers();
    const now = timers.now();
    const wait = Math.min(Math.max(Math.ceil(this.#deadline - now), 0), LONGEST);
    this.#armedFor = Math.min(this.#deadline, now + LONGEST);
    this.#cancel = timers.after(wait, () => this.#goOff(timers.now()));
  }

  #goOff(now: number): void {
    this.#armedFor = Infinity;
    if (now < this.#deadline) return this.#arm();
    this.#deadline = Infinity;
    this.#task();
  }
}

/** Those of the page. */
export const pageTimers: TransportTimers = {
  now: () => performance.now(),
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};
