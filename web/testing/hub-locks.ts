import type { TransportLockRequest, TransportLocks } from 'isthmus';

import type { HubTimers } from './hub-time.js';
import type { Tab } from './test-tab.js';

/** A request of a tab, from when it is made until it is given back. */
interface Claim {
  readonly name: string;
  readonly tab: Tab;
  readonly request: TransportLockRequest;
  isOver: boolean;
}

/**
 * Locks as the tabs of a browser share them, in memory. What becomes of a request is told by a timer that is
 * due at once, so that it may overtake messages, as it does in browsers; a tab that sleeps is told later.
 */
export class HubLocks {
  readonly #timers: HubTimers;
  readonly #held = new Map<string, Claim>();
  #waiting: readonly Claim[] = [];

  constructor(timers: HubTimers) {
    this.#timers = timers;
  }

  of(tab: Tab): TransportLocks {
    return {
      held: (tell) => tell([...this.#held.keys()]),
      request: (name, request) => {
        const claim: Claim = { name, tab, request, isOver: tab.isGone };
        if (!claim.isOver) this.#claim(claim);
        return () => this.#end(claim);
      },
    };
  }

  /** Those of a tab that is gone are free. */
  release(tab: Tab): void {
    const claims = [...this.#waiting, ...this.#held.values()];
    for (const claim of claims) if (claim.tab === tab) this.#end(claim);
  }

  #claim(claim: Claim): void {
    const holder = this.#held.get(claim.name);
    if (holder === undefined) return this.#grant(claim);
    if (claim.request.steal !== true) {
      this.#waiting = [...this.#waiting, claim];
      return;
    }
    this.#tell(holder, () => holder.request.onLost?.());
    this.#grant(claim);
  }

  #grant(claim: Claim): void {
    this.#held.set(claim.name, claim);
    this.#tell(claim, () => {
      if (this.#held.get(claim.name) === claim) claim.request.onGranted?.();
    });
  }

  #tell(claim: Claim, news: () => void): void {
    this.#timers.add(claim.tab, 0, () => {
      if (!claim.isOver) news();
    });
  }

  #end(claim: Claim): void {
    claim.isOver = true;
    this.#waiting = this.#waiting.filter((other) => other !== claim);
    if (this.#held.get(claim.name) !== claim) return;
    this.#held.delete(claim.name);
    const next = this.#waiting.find(({ name }) => name === claim.name);
    if (next === undefined) return;
    this.#waiting = this.#waiting.filter((other) => other !== next);
    this.#grant(next);
  }
}
