import type { AnyState, SharedStore } from 'isthmus';

import { groupsOf, type SelectionGroup } from './selection-groups.js';
import {
  OTHER_READS,
  runRecorded,
  type AnySelector,
  type Reads,
  type SharedRoot,
} from './tracked-reads.js';

/** What a selection is made from. */
export interface SelectionOptions {
  readonly store: SharedStore;
  readonly selector: AnySelector;
  readonly isEqual: (a: unknown, b: unknown) => boolean;
  /** What the server rendered with; the store's state by default. */
  readonly serverState: AnyState | undefined;
  /** The component's last selection that was mounted, whose value is kept where it is equal. */
  readonly mounted: { current: Selection | undefined };
}

const NOTHING = Symbol('nothing');

/**
 * What `useSyncExternalStore` needs of one selector on one store. What it remembers depends on the state
 * alone, so a render that React throws away leaves nothing wrong behind. While it is subscribed, the
 * group of those that read the same slices runs it again, and React hears of it only if its value is
 * another one.
 */
export class Selection {
  readonly #options: SelectionOptions;
  #value: unknown = NOTHING;
  #reads: Reads | undefined;
  #group: SelectionGroup | undefined;
  #listener: (() => void) | undefined;

  constructor(options: SelectionOptions) {
    this.#options = options;
  }

  readonly getSnapshot = (): unknown => {
    const { store, selector } = this.#options;
    const state = store.getState();
    if (this.#reads?.isCurrent(state) !== true) this.#take(...runRecorded(selector, state));
    return this.#value;
  };

  readonly getServerSnapshot = (): unknown => {
    const { serverState, selector } = this.#options;
    if (serverState === undefined) return this.getSnapshot();
    if (this.#value === NOTHING) this.#value = selector(serverState as never);
    return this.#value;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listener = listener;
    this.#options.mounted.current = this;
    this.#runSafely(this.getSnapshot);
    this.#join();
    return () => {
      this.#group?.remove(this);
      this.#group = undefined;
    };
  };

  /** Runs again, since a slice of its group has changed; `root` is for those that read no others. */
  follow(root: SharedRoot | undefined): void {
    const before = this.#value;
    // React may have asked meanwhile, in which case it knows best what it has shown.
    const isKnown = root !== undefined && this.#reads?.isCurrent(root.state) === true;
    this.#runSafely(() => this.#runOn(root));
    if (this.#reads?.slices !== this.#group?.slices) this.#join();
    if (isKnown || this.#reads === undefined || !Object.is(this.#value, before)) this.#listener?.();
  }

  #runOn(root: SharedRoot | undefined): void {
    const value = root === undefined ? OTHER_READS : root.run(this.#options.selector);
    if (value === OTHER_READS) this.getSnapshot();
    else this.#take(value, root!.reads);
  }

  /** After an error it follows every slice, and tells React, which runs it again and shows the error. */
  #runSafely(run: () => void): void {
    try {
      run();
    } catch {
      this.#reads = undefined;
    }
  }

  #take(value: unknown, reads: Reads): void {
    const { isEqual, mounted } = this.#options;
    const known = this.#value === NOTHING && mounted.current ? mounted.current.#value : this.#value;
    if (known === NOTHING || !isEqual(known, value)) this.#value = value;
    else this.#value = known;
    this.#reads = reads;
  }

  #join(): void {
    this.#group?.remove(this);
    this.#group = groupsOf(this.#options.store).groupFor(this.#reads?.slices);
    this.#group.add(this);
  }
}
