import type { Tab } from './test-tab.js';

/** Hub time in milliseconds. It never goes back. */
export class HubTime {
  #now = 0;
  #timeOfDay = 0;

  get now(): number {
    return this.#now;
  }

  reach(time: number): void {
    this.#now = Math.max(this.#now, time);
  }

  /**
   * The page's, but later at each reading: of two actions of two tabs the one that was dispatched last has the later
   * place, whatever the clock says of them.
   */
  readTimeOfDay(): number {
    this.#timeOfDay = Math.max(this.#timeOfDay + TICK, Date.now());
    return this.#timeOfDay;
  }
}

/** The least by which the clocks of actions differ, in milliseconds. */
const TICK = 1 / 1024;

/** What is to be done in a tab at a time. */
export interface Timer {
  readonly due: number;
  readonly tab: Tab;
  readonly task: () => void;
}

/** The timers of all tabs, the next one first: by due time, and at one time in the order of setting. */
export class HubTimers {
  readonly #time: HubTime;
  #timers: Timer[] = [];

  constructor(time: HubTime) {
    this.#time = time;
  }

  /** Returns what stops it. */
  add(tab: Tab, milliseconds: number, task: () => void): () => void {
    const timer: Timer = { due: this.#time.now + milliseconds, tab, task };
    const later = this.#timers.findIndex(({ due }) => due > timer.due);
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer);
    return () => this.#remove(timer);
  }

  /** Timers of a tab that sleeps wait. */
  get first(): Timer | undefined {
    return this.#timers.find(({ tab }) => tab.isAwake);
  }

  run(timer: Timer): void {
    this.#remove(timer);
    this.#time.reach(timer.due);
    timer.task();
  }

  #remove(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
  }
}
