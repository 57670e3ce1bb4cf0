/**
 * A simulated tab of a {@link TestHub}, and what may become of it.
 *
 * @example
 * ```ts
 * import { createTestHub, createTestStore } from 'isthmus/testing';
 *
 * const hub = createTestHub();
 * const [a, b] = [await createTestStore({ hub }), await createTestStore({ hub })];
 * hub.tab('tab-2').freeze();
 * a.store.dispatch({ type: 'cart/clear', meta: { crossApp: true } });
 * hub.flush(); // 0: the message waits for the tab
 * hub.tab('tab-2').resume();
 * hub.flush(); // 1
 * console.log(b.actions, b.drops);
 * ```
 */
export interface TestTab {
  /** Puts it to sleep, as a browser does: its timers stand still, what is sent to it waits, and it keeps its locks. */
  freeze(): void;
  /** Wakes it: what has waited is done in the hub's next step. */
  resume(): void;
  /** Ends it without a word: nothing leaves it or reaches it any more, and its locks are free. */
  crash(): void;
  /** Nobody sees it any more, as when another tab is in front. */
  hide(): void;
  /** Shows the tab again. */
  show(): void;
}

export class Tab implements TestTab {
  readonly name: string;
  readonly #onCrash: () => void;
  readonly #listeners = new Set<() => void>();
  #isFrozen = false;
  #isGone = false;
  #isHidden = false;

  constructor(name: string, onCrash: () => void) {
    this.name = name;
    this.#onCrash = onCrash;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  get isAwake(): boolean {
    return !this.#isFrozen && !this.#isGone;
  }

  get isHidden(): boolean {
    return this.#isHidden;
  }

  /** Of its being hidden and seen, until what this returns is called. */
  onChange(listener: () => void): () => void {
    const heard = () => listener();
    this.#listeners.add(heard);
    return () => void this.#listeners.delete(heard);
  }

  freeze(): void {
    this.#isFrozen = true;
  }

  resume(): void {
    this.#isFrozen = false;
  }

  crash(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#listeners.clear();
    this.#onCrash();
  }

  hide(): void {
    this.#see(false);
  }

  show(): void {
    this.#see(true);
  }

  #see(isSeen: boolean): void {
    if (this.#isHidden !== isSeen) return;
    this.#isHidden = !isSeen;
    for (const listener of [...this.#listeners]) listener();
  }
}
