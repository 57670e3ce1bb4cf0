import type { Arrival, Delivery, Sent } from './delivery.js';
import type { HubTime } from './hub-time.js';
import type { Tab } from './test-tab.js';

/** Who gets a message, and how. */
export interface Addressee {
  readonly tab: Tab;
  /** Of a log: delivered along with the others, and shown nowhere. */
  readonly isFrame: boolean;
  deliver(): void;
}

/** A delivery that is under way. */
export interface Entry extends Addressee {
  readonly delivery: Delivery;
}

/**
 * What is under way, the next one first: by due time, and at one time in the order of sending. What is sent to
 * a tab that sleeps waits for it.
 */
export class DeliveryQueue {
  readonly #time: HubTime;
  readonly #entries: Entry[] = [];

  constructor(time: HubTime) {
    this.#time = time;
  }

  /** Without the frames of logs. */
  get waiting(): readonly Delivery[] {
    return this.#entries.filter(({ isFrame }) => !isFrame).map(({ delivery }) => delivery);
  }

  add(sent: Sent, { delay = 0, overtakes = 0 }: Arrival, addressee: Addressee): void {
    let due = this.#time.now + delay;
    let place = this.#entries.length; // most go last
    while (place > 0 && this.#entries[place - 1]!.delivery.due > due) place -= 1;
    for (let rest = overtakes, at = place - 1; rest > 0 && at >= 0; at -= 1) {
      const { delivery } = this.#entries[at]!;
      if (delivery.to !== sent.to || delivery.channel !== sent.channel) continue;
      [place, due] = [at, delivery.due];
      rest -= 1;
    }
    this.#entries.splice(place, 0, { ...addressee, delivery: { ...sent, due } });
  }

  /** The next one, frames included. */
  get first(): Entry | undefined {
    return this.#entries.find(isReachable);
  }

  /** The first that `which` picks, without the frames of logs. */
  find(which: (delivery: Delivery) => boolean): Entry | undefined {
    return this.#entries.find((entry) => {
      return !entry.isFrame && isReachable(entry) && which(entry.delivery);
    });
  }

  /** Hub time goes on to when it is due. */
  deliver(entry: Entry): void {
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    this.#time.reach(entry.delivery.due);
    entry.deliver();
  }
}

/** What is under way to a tab that is gone is let go like all else. */
function isReachable({ tab }: Entry): boolean {
  return tab.isAwake || tab.isGone;
}
