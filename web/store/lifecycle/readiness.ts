import type { Status } from '../../api/slice.js';
import { IsthmusError } from '../../base/errors.js';
import { Listeners, rethrowFirst } from '../../base/listeners.js';
import type { PlatformAbortSignal } from '../../base/platform-types.js';

/** What those who wait for a slice without conditions share, and the status that has settled it. */
interface Wait {
  readonly promise: Promise<void>;
  readonly settled: { by?: Status };
}

interface WaitOptions {
  readonly signal?: PlatformAbortSignal;
  readonly timeout?: number;
}

export type Mark = { status: 'loading' | 'ready' } | { status: 'failed'; error: unknown };

/** Which slices can be used. A mark may be set before its slice is injected and goes with it. */
export class Readiness {
  readonly #isInjected: (key: string) => boolean;
  readonly #marks = new Map<string, Mark>();
  readonly #listeners = new Listeners();
  readonly #waits = new Map<string, Wait>();

  constructor(isInjected: (key: string) => boolean) {
    this.#isInjected = isInjected;
  }

  status(key: string): Status {
    const mark = this.#marks.get(key)?.status ?? 'ready';
    return mark === 'ready' && !this.#isInjected(key) ? 'absent' : mark;
  }

  mark(key: string, mark: Mark): void {
    this.#marks.set(key, mark);
    // Another failure has another cause, though the status stays.
    if (this.#waits.get(key)?.settled.by === 'failed') this.#waits.delete(key);
    this.changed();
  }

  forget(key: string): void {
    this.#marks.delete(key);
  }

  onStatus(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  get listening(): number {
    return this.#listeners.size;
  }

  /** Tells that some status may have changed; also called when slices come and go. */
  changed(): void {
    for (const [key, { settled }] of this.#waits) {
      if (settled.by !== undefined && settled.by !== this.status(key)) this.#waits.delete(key);
    }
    const errors: unknown[] = [];
    this.#listeners.call(errors);
    rethrowFirst(errors);
  }

  /** Without options the same promise until the status is another one, as React's `use` needs it. */
  whenReady(key: string, options: WaitOptions = {}): Promise<void> {
    if (options.signal !== undefined || options.timeout !== undefined) {
      return this.#wait(key, options, {});
    }
    let wait = this.#waits.get(key);
    if (wait === undefined) {
      const settled = {};
      wait = { promise: this.#wait(key, options, settled), settled };
      this.#waits.set(key, wait);
    }
    return wait.promise;
  }

  #wait(key: string, { signal, timeout }: WaitOptions, settled: Wait['settled']): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        stop();
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        finish();
      };
      const check = () => {
        const status = this.status(key);
        if (status !== 'ready' && status !== 'failed') return;
        settled.by = status;
        settle(status === 'ready' ? resolve : () => reject(this.#failure(key)));
      };
      const onAbort = () => settle(() => reject(signal!.reason));
      const onTimeout = () => settle(() => reject(notInTime(key, this.status(key), timeout!)));
      const stop = this.onStatus(check);
      const timer = timeout === undefined ? undefined : setTimeout(onTimeout, timeout);
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted) onAbort();
      else check();
    });
  }

  #failure(key: string): IsthmusError {
    const mark = this.#marks.get(key);
    const cause = mark?.status === 'failed' ? mark.error : undefined;
    return new IsthmusError('not-ready', `the slice '${key}' has failed to load`, { cause });
  }
}

function notInTime(key: string, status: Status, timeout: number): IsthmusError {
  const message = `the slice '${key}' is still ${status} after ${timeout} ms`;
  return new IsthmusError('not-ready', message);
}
