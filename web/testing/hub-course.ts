import type { Delivery } from './delivery.js';
import { DeliveryQueue } from './delivery-queue.js';
import { HubTime, HubTimers } from './hub-time.js';
import type { Tab } from './test-tab.js';

/**
 * What happens on a hub, and in which order: deliveries, the frames and timers of logs, and what tabs put off
 * to a task of their own. A test counts and picks deliveries; frames and timers happen along with these when
 * their time has come, timers before what is delivered at the same time.
 */
export class HubCourse {
  readonly time = new HubTime();
  readonly timers = new HubTimers(this.time);
  readonly queue = new DeliveryQueue(this.time);
  readonly #tasks: { readonly tab: Tab; readonly run: () => void }[] = [];

  later(tab: Tab, run: () => void): void {
    this.#tasks.push({ tab, run });
  }

  step(which: (delivery: Delivery) => boolean = () => true): boolean {
    this.#runAlong(this.time.now);
    const entry = this.queue.find(which);
    if (entry !== undefined) {
      this.#runAlong(entry.delivery.due);
      this.queue.deliver(entry);
    }
    this.#runTasks();
    this.#runAlong(this.time.now);
    return entry !== undefined;
  }

  advance(milliseconds: number): number {
    const end = this.time.now + milliseconds;
    let count = 0;
    while (this.#deliverBy(end)) count += 1;
    this.time.reach(end);
    this.#runTasks();
    this.#runAlong(end);
    return count;
  }

  flush(): number {
    this.#runTasks();
    let count = 0;
    while (this.step()) count += 1;
    return count;
  }

  /** Goes on until nothing is left to happen, or the rest is due after `end`. */
  run(end: number): number {
    let count = 0;
    do {
      this.#runTasks();
      while (this.#deliverBy(end)) {
        count += 1;
        this.#runTasks();
      }
    } while (this.#hasTasks);
    return count;
  }

  #deliverBy(end: number): boolean {
    this.#runAlong(end);
    const entry = this.queue.first;
    if (entry === undefined || entry.delivery.due > end) return false;
    this.queue.deliver(entry);
    return true;
  }

  /** Frames and timers up to `end`, but none that comes after a delivery. */
  #runAlong(end: number): void {
    for (;;) {
      const { first: timer } = this.timers;
      const { first: entry } = this.queue;
      const due = entry?.delivery.due ?? Infinity;
      if (timer !== undefined && timer.due <= Math.min(due, end)) this.timers.run(timer);
      else if (entry?.isFrame === true && due <= end) this.queue.deliver(entry);
      else return;
    }
  }

  get #hasTasks(): boolean {
    return this.#tasks.some(({ tab }) => tab.isAwake);
  }

  #runTasks(): void {
    for (;;) {
      const next = this.#tasks.findIndex(({ tab }) => tab.isAwake);
      if (next < 0) return;
      this.#tasks.splice(next, 1)[0]!.run();
    }
  }
}
