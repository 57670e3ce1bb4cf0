import type { Selection } from '../views/selection.js';

/**
 * The selection that a component shows: the last one that was committed, so that an inline selector,
 * which is another one in each render, does not end and begin the component's subscription.
 */
export class MountedSelection {
  #selection: Selection | undefined;
  #listener: (() => void) | undefined;

  readonly get = (): Selection | undefined => this.#selection;

  /** Of an effect that comes before the one that subscribes. */
  show(selection: Selection): void {
    const last = this.#selection;
    this.#selection = selection;
    if (this.#listener === undefined || last === selection) return;
    selection.follow(this.#listener, last);
    last!.unfollow();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listener = listener;
    this.#selection!.follow(listener);
    return () => {
      this.#listener = undefined;
      this.#selection!.unfollow();
    };
  };
}
