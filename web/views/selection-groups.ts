import type { SharedStore } from 'isthmus';

import { SharedReads } from './tracked-reads.js';

const groups = /* @__PURE__ */ new WeakMap<SharedStore, SelectionGroups>();

export function groupsOf(store: SharedStore): SelectionGroups {
  let found = groups.get(store);
  if (found === undefined) groups.set(store, (found = new SelectionGroups(store)));
  return found;
}

type Slices = readonly string[] | undefined;

/** What belongs to a group: the selection of one component. */
export interface GroupMember {
  /** Among the members of its group, which keeps it. */
  place: number;
  /** Runs again, since a slice of its group has changed; `shared` is what the group reads, if not all. */
  run(shared: SharedReads | undefined): void;
  /** The group has run already on what its slices are now. */
  catchUp(): void;
}

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
  readonly #store: SharedStore;
  readonly #shared: SharedReads | undefined;
  readonly #ended: () => void;
  /** In no order. A list is walked in half the time that a Set takes. */
  readonly #members: GroupMember[] = [];
  #stops: (() => void)[] = [];

  constructor(store: SharedStore, slices: Slices, ended: () => void) {
    this.#store = store;
    this.#shared = slices && new SharedReads(slices);
    this.#ended = ended;
  }

  isOf(slices: Slices): boolean {
    const own = this.#shared?.slices;
    if (own === slices) return true;
    return own?.length === slices?.length && own!.every((slice, i) => slice === slices![i]);
  }

  add(member: GroupMember): void {
    if (this.#members.length === 0) this.#begin();
    member.place = this.#members.push(member) - 1;
  }

  /** The last member takes the place that becomes free. */
  remove({ place }: GroupMember): void {
    const last = this.#members.pop()!;
    if (place < this.#members.length) {
      this.#members[place] = last;
      last.place = place;
    }
    if (this.#members.length > 0) return;
    for (const stop of this.#stops) stop();
    this.#ended();
  }

  #begin(): void {
    const paths = this.#shared?.slices.map((slice) => [slice]) ?? [[]];
    const changed = this.#shared === undefined ? this.#wholeChanged : this.#changed;
    this.#stops = paths.map((path) => this.#store.watch(path, changed));
  }

  readonly #wholeChanged = (): void => {
    this.#eachMember((member) => member.run(undefined));
  };

  /** Called for each slice that has changed; a dispatch from within makes the rest of a walk idle. */
  readonly #changed = (): void => {
    const shared = this.#shared!;
    const state = this.#store.getState();
    if (shared.isCurrent(state)) {
      this.#eachMember((member) => member.catchUp());
      return;
    }
    shared.begin(state);
    const { version } = shared;
    this.#eachMember((member) => {
      if (shared.version === version) member.run(shared);
    });
    if (shared.version === version) shared.end();
  };

  /** From the last to the first: who leaves meanwhile lets one take its place who has had a turn. */
  #eachMember(visit: (member: GroupMember) => void): void {
    for (let i = this.#members.length - 1; i >= 0; i--) {
      if (i < this.#members.length) visit(this.#members[i]!);
    }
  }
}
