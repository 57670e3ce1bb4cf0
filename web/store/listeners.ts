/**
 * A set of callbacks with Redux's semantics: those called are those subscribed when the call began, and
 * the same function may be subscribed twice. One that throws stops nobody; its error is collected.
 */
export class Listeners<Args extends unknown[] = []> {
  #entries: readonly { listener: (...args: Args) => void }[] = [];

  add(listener: (...args: Args) => void): () => void {
    const entry = { listener };
    this.#entries = [...this.#entries, entry];
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }

  get size(): number {
    return this.#entries.length;
  }

  call(errors: unknown[], ...args: Args): void {
    this.snapshot()(errors, ...args);
  }

  /** A call to those who are subscribed at this moment. */
  snapshot(): (errors: unknown[], ...args: Args) => void {
    const entries = this.#entries;
    return (errors, ...args) => {
      for (const { listener } of entries) callSafely(errors, () => listener(...args));
    };
  }
}

export function callSafely(errors: unknown[], call: () => void): void {
  try {
    call();
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
