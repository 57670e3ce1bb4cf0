import type { Transport } from 'isthmus';

import type { Arrival, Sent } from './delivery.js';
import type { HubCourse } from './hub-course.js';
import type { HubLocks } from './hub-locks.js';
import { structuredCopy } from './structured-copy.js';
import type { Tab } from './test-tab.js';
import type { Follower } from './unsettled.js';

interface Receiver extends Follower {
  readonly channel: string;
  listener: (message: unknown) => void;
}

/** How a message reaches one receiver. */
export type Routing = (sent: Sent) => readonly Arrival[];

export interface HubWireOptions {
  readonly course: HubCourse;
  readonly locks: HubLocks;
  readonly route: Routing;
  /** For the frames of logs. */
  readonly routeFrame: Routing;
}

/** The channels of a hub. */
export class HubWire {
  readonly #options: HubWireOptions;
  readonly #receivers = new Set<Receiver>();
  /** What was posted, without the frames of logs. */
  readonly messages: unknown[] = [];

  constructor(options: HubWireOptions) {
    this.#options = options;
  }

  get followers(): Iterable<Follower> {
    return this.#receivers;
  }

  open(tab: Tab, channel: string): Transport {
    const { course, locks } = this.#options;
    const self: Receiver = { tab, channel, listener: () => undefined, unsettled: () => 0 };
    const isLog = isLogChannel(channel);
    if (!tab.isGone) this.#receivers.add(self);
    return {
      carriesBytes: isLog,
      later: (task) => {
        if (isLog) course.timers.add(tab, 0, task);
        else course.later(tab, task);
      },
      timers: {
        now: () => course.time.now,
        timeOfDay: () => course.time.readTimeOfDay(),
        // As in browsers, so that time passes even where a timer sets itself again and again.
        after: (milliseconds, task) => course.timers.add(tab, Math.max(milliseconds, 1), task),
      },
      locks: locks.of(tab),
      visibility: tab,
      follow: (unsettled) => void (self.unsettled = unsettled),
      post: (message) => this.#post(self, message),
      onMessage: (listener) => void (self.listener = listener),
      close: () => void this.#receivers.delete(self),
    };
  }

  /** Nothing leaves or reaches a tab that is gone. */
  closeAll(tab: Tab): void {
    for (const receiver of this.#receivers) {
      if (receiver.tab === tab) this.#receivers.delete(receiver);
    }
  }

  #post(from: Receiver, posted: unknown): void {
    if (from.tab.isGone) return;
    const { channel } = from;
    const message = structuredCopy(posted);
    const number = isLogChannel(channel) ? -1 : this.messages.push(message) - 1;
    for (const to of this.#receivers) {
      if (to === from || to.channel !== channel) continue;
      this.#send({ message, number, from: from.tab.name, to: to.tab.name, channel }, to);
    }
  }

  #send(sent: Sent, receiver: Receiver): void {
    const { course, route, routeFrame } = this.#options;
    const isFrame = isLogChannel(sent.channel);
    for (const arrival of (isFrame ? routeFrame : route)(sent)) {
      const message = structuredCopy(sent.message);
      const deliver = () => {
        if (this.#receivers.has(receiver)) receiver.listener(message);
      };
      course.queue.add(sent, arrival, { tab: receiver.tab, isFrame, deliver });
    }
  }
}

function isLogChannel(name: string): boolean {
  return name.endsWith('/log');
}
