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

/** Rethrows the first of the errors that listeners threw, once all of them were called. */
export function rethrowFirst(errors: readonly unknown[]): void {
  if (errors.length > 0) throw errors[0];
}
