/** Those who are subscribed at one moment. */
export type Subscribed<Args extends unknown[]> = ReadonlySet<{
  readonly listener: (...args: Args) => void;
}>;

/**
 * A set of callbacks with Redux's semantics: those called are those subscribed when the call began, and
 * the same function may be subscribed twice. One that throws stops nobody; its error is collected.
 */
export class Listeners<Args extends unknown[] = []> {
  #entries = new Set<{ readonly listener: (...args: Args) => void }>();
  /** Whether a call may be walking the set, so that a change needs one of its own. */
  #lent = false;

  add(listener: (...args: Args) => void): () => void {
    const entry = { listener };
    this.#own().add(entry);
    return () => void this.#own().delete(entry);
  }

  get size(): number {
    return this.#entries.size;
  }

  subscribed(): Subscribed<Args> {
    this.#lent = true;
    return this.#entries;
  }

  call(errors: unknown[], ...args: Args): void {
    for (const { listener } of this.subscribed()) callSafely(errors, listener, ...args);
  }

  #own() {
    if (this.#lent) this.#entries = new Set(this.#entries);
    this.#lent = false;
    return this.#entries;
  }
}

export function callSafely<Args extends unknown[]>(
  errors: unknown[],
  listener: (...args: Args) => void,
  ...args: Args
): void {
  try {
    listener(...args);
  } catch (error) {
    errors.push(error);
  }
}

/** As an uncaught error, where there is no caller who should see it and no console should miss it. */
export function reportLater(error: unknown): void {
  queueMicrotask(() => {
    if (typeof reportError === 'function') reportError(error);
    else console.error(error);
  });
}

/** What it throws stops nobody, and is reported. */
export function callAlone(call: () => void): void {
  try {
    call();
  } catch (error) {
    reportLater(error);
  }
}

/** Rethrows the first of the errors that listeners threw, once all of them were called. */
export function rethrowFirst(errors: readonly unknown[]): void {
  if (errors.length > 0) throw errors[0];
}

/** Where a listener stands; -1 once it is removed. */
export interface Place {
  at: number;
}

/**
 * The listeners on one path, in the order in which they came. Walking many of them is what telling costs,
 * so they stand side by side. One that is removed leaves its place empty until enough are, so that a call
 * that is under way can go on by position.
 */
export class WatchListeners {
  #listeners: ((() => void) | undefined)[] = [];
  #since: number[] = [];
  #places: Place[] = [];
  #size = 0;
  #calling = 0;

  get size(): number {
    return this.#size;
  }

  /** `since` is the number of the last call. The place is for removing it. */
  add(listener: () => void, since: number): Place {
    const place = { at: this.#listeners.length };
    this.#listeners.push(listener);
    this.#since.push(since);
    this.#places.push(place);
    this.#size += 1;
    return place;
  }

  /** Whether it was there. */
  remove(place: Place): boolean {
    if (this.#listeners[place.at] === undefined) return false;
    this.#listeners[place.at] = undefined;
    this.#size -= 1;
    place.at = -1;
    this.#closeIfSparse();
    return true;
  }

  /** Calls those that were there before this call began and are there still. */
  call(call: number, errors: unknown[]): void {
    const listeners = this.#listeners;
    const { length } = listeners;
    this.#calling += 1;
    for (let i = 0; i < length; i++) {
      const listener = listeners[i];
      if (listener !== undefined && this.#since[i]! < call) callSafely(errors, listener);
    }
    this.#calling -= 1;
    this.#closeIfSparse();
  }

  #closeIfSparse(): void {
    if (this.#calling > 0 || this.#size * 2 >= this.#listeners.length) return;
    const isLeft = (_: unknown, i: number) => this.#listeners[i] !== undefined;
    this.#places = this.#places.filter(isLeft);
    this.#since = this.#since.filter(isLeft);
    this.#listeners = this.#listeners.filter(isLeft);
    this.#places.forEach((place, at) => (place.at = at));
  }
}
