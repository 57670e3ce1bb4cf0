import type { SharedStore } from 'isthmus';

import type { Selection } from './selection.js';
import { SharedRoot, type Reads } from './tracked-reads.js';

const groups = new WeakMap<SharedStore, SelectionGroups>();

export function groupsOf(store: SharedStore): SelectionGroups {
  let found = groups.get(store);
  if (found === undefined) groups.set(store, (found = new SelectionGroups(store)));
  return found;
}

type Slices = readonly string[] | undefined;

/** The mounted selections of one store by the slices that they read. */
export class SelectionGroups {
  readonly #store: SharedStore;
  readonly #groups = new Map<string, SelectionGroup>();

  constructor(store: SharedStore) {
    this.#store = store;
  }

  groupFor(slices: Slices): SelectionGroup {
    const key = slices === undefined ? 'all' : JSON.stringify(slices);
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = new SelectionGroup(this.#store, slices, () => this.#groups.delete(key));
      this.#groups.set(key, group);
    }
    return group;
  }
}

/** Selections that read the same slices, or all of which depend on every slice. */
export class SelectionGroup {
  readonly slices: Slices;
  readonly #store: SharedStore;
  readonly #ended: () => void;
  readonly #members = new Set<Selection>();
  #stops: (() => void)[] = [];
  /** What the slices were when the members were last run. */
  #seen: Reads | undefined;

  constructor(store: SharedStore, slices: Slices, ended: () => void) {
    this.#store = store;
    this.slices = slices;
    this.#ended = ended;
  }

  add(member: Selection): void {
    if (this.#members.size === 0) {
      const paths = this.slices?.map((slice) => [slice]) ?? [[]];
      this.#stops = paths.map((path) => this.#store.watch(path, this.#changed));
    }
    this.#members.add(member);
  }

  remove(member: Selection): void {
    this.#members.delete(member);
    if (this.#members.size > 0) return;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#ended();
  }

  /** Called for each slice that has changed; a dispatch from within makes the rest of a walk idle. */
  readonly #changed = (): void => {
    const state = this.#store.getState();
    if (this.#seen?.isCurrent(state)) return;
    const root = this.slices && new SharedRoot(state, this.slices);
    const reads = (this.#seen = root?.reads);
    for (const member of this.#members) {
      if (this.#seen !== reads) return;
      member.follow(root);
    }
  };
}
