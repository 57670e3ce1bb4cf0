import type { TestHub } from 'isthmus/testing';
import { LogCarrier } from '../../../web/bridge/log-carrier.js';
import type { LogCalls, LogOutcome } from '../../../web/engine/log-outcome.js';

const ADD = 1;
const CUT = 2;

/**
 * A log that is only just one: each entry is a byte that is posted again every 500 ms until somebody who has
 * the lock has cut it.
 */
class ToyLog implements LogCalls {
  readonly settled: number[] = [];
  tentative: number[] = [];
  isKeeper = false;
  #frames: Uint8Array[] = [];
  #lock: LogOutcome['lock'] = 'none';
  #deadline = Infinity;

  add(now: number, entry: number): LogOutcome {
    this.tentative.push(entry);
    return this.tick(now);
  }

  tick(now: number): LogOutcome {
    if (this.tentative.length > 0 && !this.isKeeper) this.#lock = 'request';
    for (const entry of this.tentative) this.#frames.push(Uint8Array.of(ADD, entry));
    if (this.isKeeper) for (const entry of [...this.tentative]) this.#cut(entry);
    this.#deadline = this.tentative.length > 0 ? now + 500 : Infinity;
    return this.#outcome();
  }

  receive(now: number, [kind, entry]: Uint8Array): LogOutcome {
    if (kind === CUT) this.#settle(entry!);
    else if (this.settled.includes(entry!)) this.#frames.push(Uint8Array.of(CUT, entry!));
    else if (!this.tentative.includes(entry!)) return this.add(now, entry!);
    return this.#outcome();
  }

  lockGranted(now: number): LogOutcome {
    this.isKeeper = true;
    return this.tick(now);
  }

  lockLost(): LogOutcome {
    this.isKeeper = false;
    return this.#outcome();
  }

  #cut(entry: number): void {
    this.#frames.push(Uint8Array.of(CUT, entry));
    this.#settle(entry);
  }

  #settle(entry: number): void {
    if (!this.settled.includes(entry)) this.settled.push(entry);
    this.tentative = this.tentative.filter((other) => other !== entry);
    if (this.tentative.length > 0) return;
    this.#deadline = Infinity;
    this.#lock = 'release';
    this.isKeeper = false;
  }

  start = () => this.#outcome();
  wake = (now: number) => this.tick(now);
  sleep = () => this.#outcome();
  leave = () => this.#outcome();
  setHidden = () => this.#outcome();

  #outcome(): LogOutcome {
    const outcome = {
      frames: this.#frames.splice(0),
      ...{ lock: this.#lock, deadline: this.#deadline, isJoining: false },
    };
    this.#lock = 'none';
    return outcome;
  }
}

/** A tab of the hub with a log, on a carrier. */
export function openToyLog(hub: TestHub, tab?: string) {
  const log = new ToyLog();
  const carrier = new LogCarrier({
    ...{ id: tab ?? 'log', channel: 'one', open: hub.connect(tab), calls: log },
    unsettled: () => log.tentative.length,
    onOutcome: () => undefined,
  });
  carrier.connect();
  return { log, carrier, add: (entry: number) => carrier.follow(log.add(hub.now, entry)) };
}
