import type { Arrival, Delivery, Sent } from './delivery.js';

interface Entry extends Delivery {
  deliver(): void;
}

/** What is under way, the next one first: by due time, and at one time in the order of sending. */
export class DeliveryQueue {
  readonly #entries: Entry[] = [];
  #now = 0;

  /** Hub time in milliseconds. */
  get now(): number {
    return this.#now;
  }

  get waiting(): readonly Delivery[] {
    return this.#entries.map(({ deliver: _deliver, ...delivery }) => delivery);
  }

  get length(): number {
    return this.#entries.length;
  }

  add(sent: Sent, { delay = 0, overtakes = 0 }: Arrival, deliver: () => void): void {
    let due = this.#now + delay;
    let place = this.#entries.length; // most go last
    while (place > 0 && this.#entries[place - 1]!.due > due) place -= 1;
    for (let rest = overtakes, at = place - 1; rest > 0 && at >= 0; at -= 1) {
      const entry = this.#entries[at]!;
      if (entry.to !== sent.to || entry.channel !== sent.channel) continue;
      [place, due] = [at, entry.due];
      rest -= 1;
    }
    this.#entries.splice(place, 0, { ...sent, due, deliver });
  }

  /** Delivers the first that `which` picks; hub time goes on to when that is due. */
  step(which: (delivery: Delivery) => boolean = () => true): boolean {
    const index = this.#entries.findIndex(which);
    const [entry] = index < 0 ? [] : this.#entries.splice(index, 1);
    if (entry === undefined) return false;
    this.#now = Math.max(this.#now, entry.due);
    entry.deliver();
    return true;
  }

  /** Lets time pass, and delivers what is due by then; returns how many deliveries that were. */
  advance(milliseconds: number): number {
    const end = this.#now + milliseconds;
    let count = 0;
    while (this.#entries[0] !== undefined && this.#entries[0].due <= end) {
      this.step();
      count += 1;
    }
    this.#now = Math.max(this.#now, end);
    return count;
  }
}
