import { callAlone, reportLater } from '../base/listeners.js';
import type { EngineCrossing } from '../engine/crossing.js';
import { requireEngine } from '../engine/load.js';
import { realm } from '../page/realm.js';
import { loadPortCode } from './load-port.js';
import type { Port } from './port.js';

declare module '../page/realm.js' {
  interface Realm {
    arrival?: Arrival;
  }
}

/** The code of crossing, which pages load when something is to cross. */
export interface CrossingCode {
  readonly crossing: EngineCrossing;
  readonly Port: typeof Port;
}

/** How long to wait after the code could not be loaded, in milliseconds, before it is tried again. */
const AGAIN_AFTER = 5000;

/**
 * Until the code of crossing is there, what it is to do for all stores of the page, in the order in which it
 * came to pass:
 *
 *     later ──► calls ──request──► code ──► open ports ──► calls, in order ──► closing ──► at once
 */
export class Arrival {
  readonly #openers = new Set<(code: CrossingCode) => void>();
  readonly #calls = new Set<() => void>();
  readonly #closing = new Set<() => void>();
  #code: CrossingCode | undefined;
  #isOver = false;
  #loading: Promise<void> | undefined;
  #isNeeded = false;

  /** Whether the code is there. */
  get isThere(): boolean {
    return this.#code !== undefined;
  }

  /** Whether all that waited was done: from now on nothing waits. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Calls with the code when it is there, before anything else; at once if it is. Returns how to give that up. */
  whenThere(open: (code: CrossingCode) => void): () => void {
    if (this.#code === undefined) this.#openers.add(open);
    else open(this.#code);
    return () => void this.#openers.delete(open);
  }

  /** Calls when all that was asked for before it was done. Returns how to give that up. */
  later(call: () => void): () => void {
    this.#calls.add(call);
    return () => void this.#calls.delete(call);
  }

  /** Calls when all that waits was done. */
  atEnd(call: () => void): void {
    this.#closing.add(call);
  }

  /** Loads the code, once; after a failure another call tries again. */
  request(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** The same for whom nobody awaits: a failure is told, and what waits goes on waiting for another try. */
  need(): void {
    if (this.#isNeeded || this.isThere) return;
    this.#isNeeded = true;
    this.request().catch((error: unknown) => {
      reportLater(error);
      setTimeout(() => {
        this.#isNeeded = false;
        this.need();
      }, AGAIN_AFTER);
    });
  }

  async #load(): Promise<void> {
    const [crossing, { Port }] = await Promise.all([
      requireEngine().loadCrossing(),
      loadPortCode(),
    ]);
    this.#code = { crossing, Port };
    for (const open of this.#openers) callAlone(() => open(this.#code!));
    this.#openers.clear();
    this.#drain(this.#calls);
    this.#isOver = true;
    this.#drain(this.#closing);
  }

  /** What a call adds is called as well. */
  #drain(calls: Set<() => void>): void {
    for (const call of calls) {
      calls.delete(call);
      callAlone(call);
    }
  }
}

/** The page's. */
export function arrival(): Arrival {
  return (realm().arrival ??= new Arrival());
}
