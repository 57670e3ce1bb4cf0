import type { AnyState, SharedStore } from 'isthmus';

import { groupsOf, type GroupMember, type SelectionGroup } from './selection-groups.js';
import {
  OTHER_READS,
  runAlone,
  type AnySelector,
  type Reads,
  type SharedReads,
} from './tracked-reads.js';

/** What a selection is made from. */
export interface SelectionOptions {
  readonly store: SharedStore;
  readonly selector: AnySelector;
  readonly isEqual: (a: unknown, b: unknown) => boolean;
  /** What the server rendered with; the store's state by default. */
  readonly serverState: AnyState | undefined;
  /** What the component has shown before, whose value is kept where it is equal. */
  readonly previous: () => Selection | undefined;
}

const NOTHING = /* @__PURE__ */ Symbol('nothing');

/**
 * What one selector makes of one store. It remembers what depends on the state alone, so a render that
 * React throws away leaves nothing wrong behind. While its component is mounted it belongs to the group
 * of those that read the same slices, which runs it again when one of these has changed; the component
 * hears of it only if the value is another one.
 */
export class Selection implements GroupMember {
  readonly #store: SharedStore;
  readonly #selector: AnySelector;
  readonly #isEqual: SelectionOptions['isEqual'];
  readonly #serverState: AnyState | undefined;
  readonly #previous: SelectionOptions['previous'];
  #value: unknown = NOTHING;
  #reads: Reads | undefined;
  /** Of the reads. Numbers cost the collector nothing, unlike a record for each selection and change. */
  #version = 0;
  /** React has asked before the group was told, so that it must look again whatever it has shown. */
  #isAhead = false;
  #group: SelectionGroup | undefined;
  place = 0;
  #listener: (() => void) | undefined;

  constructor({ store, selector, isEqual, serverState, previous }: SelectionOptions) {
    this.#store = store;
    this.#selector = selector;
    this.#isEqual = isEqual;
    this.#serverState = serverState;
    this.#previous = previous;
  }

  readonly getSnapshot = (): unknown => {
    if (this.#refresh()) this.#isAhead = true;
    return this.#value;
  };

  readonly getServerSnapshot = (): unknown => {
    if (this.#serverState === undefined) return this.getSnapshot();
    if (this.#value === NOTHING) this.#value = this.#selector(this.#serverState as never);
    return this.#value;
  };

  /**
   * From now on the listener is told; React looks by itself at what has changed before. `last` is the
   * one that was told until now, which has most likely read the same.
   */
  follow(listener: () => void, last?: Selection): void {
    this.#listener = listener;
    this.#isAhead = false;
    this.#refreshSafely(last?.group);
  }

  get group(): SelectionGroup | undefined {
    return this.#group;
  }

  unfollow(): void {
    this.#group?.remove(this);
    this.#group = undefined;
  }

  run(shared: SharedReads | undefined): void {
    const value = shared === undefined ? OTHER_READS : shared.run(this.#selector);
    if (value === OTHER_READS) return this.#runAlone();
    if (this.#reads !== shared) this.#reads = shared;
    this.#version = shared!.version;
    const isSame = Object.is(value, this.#value) || this.#isEqual(this.#value, value);
    if (!isSame) this.#value = value;
    if (isSame && !this.#isAhead) return;
    this.#isAhead = false;
    this.#listener!();
  }

  catchUp(): void {
    if (this.#isAhead) this.#runAlone();
  }

  #runAlone(): void {
    const before = this.#value;
    const isRun = this.#refreshSafely();
    if (isRun && !this.#isAhead && Object.is(this.#value, before)) return;
    this.#isAhead = false;
    this.#listener!();
  }

  /** Whether it was run, since what it has read was not current. */
  #refresh(): boolean {
    const state = this.#store.getState();
    if (this.#reads?.version === this.#version && this.#reads.isCurrent(state)) return false;
    const [value, reads] = runAlone(this.#selector, state);
    const known = this.#known();
    this.#value = known !== NOTHING && this.#isEqual(known, value) ? known : value;
    this.#reads = reads;
    this.#version = reads.version;
    return true;
  }

  #known(): unknown {
    const previous = this.#value === NOTHING ? this.#previous() : undefined;
    return previous === undefined ? this.#value : previous.#value;
  }

  /** After an error it follows every slice, and React, which runs it again, shows the error. */
  #refreshSafely(near = this.#group): boolean {
    let isRun = false;
    try {
      isRun = this.#refresh();
    } catch {
      this.#reads = undefined;
    }
    const slices = this.#reads?.slices;
    this.#join(near?.isOf(slices) ? near : groupsOf(this.#store).groupFor(slices));
    return isRun;
  }

  #join(group: SelectionGroup): void {
    if (group === this.#group) return;
    this.#group?.remove(this);
    this.#group = group;
    group.add(this);
  }
}
