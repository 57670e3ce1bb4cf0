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
  readonly #store: SharedStore;
  readonly #selector: AnySelector;
  readonly #isEqual: SelectionOptions['isEqual'];
  readonly #serverState: AnyState | undefined;
  readonly #mounted: SelectionOptions['mounted'];
  #value: unknown = NOTHING;
  #reads: Reads | undefined;
  /** React has asked before the group was told, so that it must look again whatever it has shown. */
  #isAhead = false;
  #group: SelectionGroup | undefined;
  #listener: (() => void) | undefined;

  constructor({ store, selector, isEqual, serverState, mounted }: SelectionOptions) {
    this.#store = store;
    this.#selector = selector;
    this.#isEqual = isEqual;
    this.#serverState = serverState;
    this.#mounted = mounted;
  }

  get value(): unknown {
    return this.#value;
  }

  readonly getSnapshot = (): unknown => {
    const state = this.#store.getState();
    if (this.#reads?.isCurrent(state) !== true) {
      this.#take(...runRecorded(this.#selector, state));
      this.#isAhead = true;
    }
    return this.#value;
  };

  readonly getServerSnapshot = (): unknown => {
    if (this.#serverState === undefined) return this.getSnapshot();
    if (this.#value === NOTHING) this.#value = this.#selector(this.#serverState as never);
    return this.#value;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listener = listener;
    this.#mounted.current = this;
    this.#runAlone();
    this.#isAhead = false;
    return () => {
      this.#group?.remove(this);
      this.#group = undefined;
    };
  };

  /** Runs again, since a slice of its group has changed; `root` is for those that read no others. */
  follow(root: SharedRoot | undefined): void {
    const before = this.#value;
    const wasAhead = this.#isAhead;
    if (root === undefined || !this.#runOn(root)) this.#runAlone();
    this.#isAhead = false;
    if (wasAhead || this.#reads === undefined || !Object.is(this.#value, before)) this.#listener!();
  }

  /** Whether it has read what its group reads. */
  #runOn(root: SharedRoot): boolean {
    try {
      const value = root.run(this.#selector);
      if (value === OTHER_READS) return false;
      this.#take(value, root.reads);
      return true;
    } catch {
      return false;
    }
  }

  /** After an error it follows every slice, and React, which runs it again, shows the error. */
  #runAlone(): void {
    try {
      this.getSnapshot();
    } catch {
      this.#reads = undefined;
    }
    const group = groupsOf(this.#store).groupFor(this.#reads?.slices);
    if (group === this.#group) return;
    this.#group?.remove(this);
    this.#group = group;
    group.add(this);
  }

  #take(value: unknown, reads: Reads): void {
    if (this.#value === NOTHING) this.#value = this.#mounted.current?.value ?? NOTHING;
    if (this.#value === NOTHING || !this.#isEqual(this.#value, value)) this.#value = value;
    this.#reads = reads;
  }
}
