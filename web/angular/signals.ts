import { computed, DestroyRef, inject, signal, untracked, type Signal } from '@angular/core';

import type { Source } from '../views/source.js';

/** What a source shows, until what injects it is destroyed; `find` may read signals. */
export function shown<Value>(find: () => Source<Value>): Signal<Value> {
  const source = computed(find);
  const followed = new Followed();
  inject(DestroyRef).onDestroy(() => followed.end());
  return computed(() => {
    const current = source();
    followed.follow(current);
    return current.getSnapshot();
  });
}

/** The source that is subscribed to: the one that was asked for last. */
class Followed {
  readonly #changes = signal(0);
  #source: Source | undefined;
  #stop: (() => void) | undefined;
  #isEnded = false;

  /** Lets who asks be asked again when the source has changed. */
  follow(source: Source): void {
    this.#changes();
    if (source === this.#source || this.#isEnded) return;
    this.#stop?.();
    this.#source = source;
    const tell = (): void => this.#changes.update((count) => count + 1);
    this.#stop = untracked(() => source.subscribe(tell));
  }

  end(): void {
    this.#isEnded = true;
    this.#stop?.();
  }
}
