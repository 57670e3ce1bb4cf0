import { keyOf, type AnySlice, type InjectOptions, type Lease } from '../../api/slice.js';
import { IsthmusError } from '../../base/errors.js';
import { callSafely, rethrowFirst } from '../../base/listeners.js';
import { assertTypesFree, type HeldSlice } from './defined-types.js';
import { reportIdleDispose, reportReplaced } from './lease-reports.js';
import { asSlice } from './toolkit-slice.js';

/** What the leases of one store do to it. */
interface LeaseActions {
  /** Throws while a reducer runs, since the state is between two values. */
  assertIdle(message: string): void;
  inject(slice: AnySlice): void;
  replace(slice: AnySlice): void;
  /** Dispatches the teardown action, and the slice's own one. */
  announceEnd(key: string, slice: AnySlice): void;
  /** The slice stays, as it was leased again meanwhile. */
  keep(slice: AnySlice): void;
  /** Removes the branch. */
  remove(key: string, held: HeldSlice): void;
}

interface Entry extends HeldSlice {
  owner: string;
  slice: AnySlice;
  count: number;
  readonly holders: Map<string, number>;
  /** What the last injection asked for that asked for anything. */
  keepFor: number | 'page';
  isEnding: boolean;
  timer?: ReturnType<typeof setTimeout>;
  /** Called when the slice has ended, or is held again. */
  onEnd: (() => void)[];
  isReplacementTold: boolean;
}

/**
 * Who holds which slice. A slice lives as long as one lease on it and is torn down a task later, so that
 * a component that unmounts and mounts again at once finds its state.
 */
export class Leases {
  readonly #actions: LeaseActions;
  readonly #entries = new Map<string, Entry>();

  constructor(actions: LeaseActions) {
    this.#actions = actions;
  }

  /** How many leases there are in all. */
  get count(): number {
    return [...this.#entries.values()].reduce((sum, entry) => sum + entry.count, 0);
  }

  get entries(): ReadonlyMap<string, HeldSlice> {
    return this.#entries;
  }

  acquire(owner: string, slice: AnySlice, { keepFor }: InjectOptions = {}): Lease {
    const key = keyOf(slice);
    const entry = this.#entries.get(key);
    if (entry === undefined) return this.#begin(key, { owner, slice, keepFor: keepFor ?? 0 });
    if (!mayHold(owner, entry, slice)) throw taken(key, entry.owner, owner);
    if (entry.slice.reducer !== slice.reducer) this.#replaceUnasked(owner, entry, slice);
    clearTimeout(entry.timer);
    if (keepFor !== undefined) entry.keepFor = keepFor;
    const lease = this.#lease(key, entry, owner);
    tellEnd(entry);
    return lease;
  }

  /** Calls the listener once the slice has ended, or is held again; at once if it is either. */
  onEnd(key: string, listener: () => void): void {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.count > 0) listener();
    else entry.onEnd.push(listener);
  }

  /** Tears everything down at once, for a store that ends. */
  dispose(): void {
    const errors: unknown[] = [];
    for (const [key, entry] of [...this.#entries]) {
      entry.count = 0;
      entry.holders.clear();
      callSafely(errors, () => this.#end(key, entry));
    }
    rethrowFirst(errors);
  }

  /** The entry stands before the slice does: listeners that see the slice come may lease it, too. */
  #begin(key: string, begun: Pick<Entry, 'owner' | 'slice' | 'keepFor'>): Lease {
    assertTypesFree(this.#entries, begun.owner, begun.slice);
    const own = { count: 0, isEnding: false, isReplacementTold: false };
    const entry: Entry = { ...begun, ...own, holders: new Map(), onEnd: [] };
    this.#entries.set(key, entry);
    const lease = this.#lease(key, entry, begun.owner);
    try {
      this.#actions.inject(entry.slice);
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
    return lease;
  }

  #replace(owner: string, entry: Entry, slice: AnySlice): void {
    assertTypesFree(this.#entries, owner, slice);
    this.#actions.replace(slice);
    entry.slice = slice;
  }

  #replaceUnasked(owner: string, entry: Entry, slice: AnySlice): void {
    this.#replace(owner, entry, slice);
    if (!entry.isReplacementTold) reportReplaced(owner, keyOf(slice));
    entry.isReplacementTold = true;
  }

  #lease(key: string, entry: Entry, owner: string): Lease {
    let held = true;
    let isTold = false;
    changeHolding(entry, owner, 1);
    const isCurrent = () => this.#entries.get(key) === entry;
    return {
      key,
      replace: (brought) => {
        const slice = asSlice(brought);
        this.#actions.assertIdle('Reducers may not replace slices.');
        if (!held || !isCurrent()) throw notHeld(key, owner);
        if (keyOf(slice) !== key) throw otherKey(key, keyOf(slice));
        if (entry.slice !== slice) this.#replace(owner, entry, slice);
      },
      dispose: ({ now = false } = {}) => {
        this.#actions.assertIdle('Reducers may not dispose of slices.');
        const isIdle = !held && !(now && isCurrent() && entry.count === 0);
        if (isIdle && !isTold) reportIdleDispose(owner, key, this.#entries.get(key)?.owner);
        isTold ||= isIdle;
        if (held) changeHolding(entry, owner, -1);
        held = false;
        if (!isIdle && isCurrent() && entry.count === 0) this.#release(key, entry, now);
      },
    };
  }

  #release(key: string, entry: Entry, now: boolean): void {
    clearTimeout(entry.timer);
    if (entry.isEnding) return;
    if (now) this.#end(key, entry);
    else if (entry.keepFor !== 'page')
      entry.timer = setTimeout(() => this.#end(key, entry), entry.keepFor);
  }

  /** Whoever leases the slice while its end is announced keeps it. */
  #end(key: string, entry: Entry): void {
    clearTimeout(entry.timer);
    entry.isEnding = true;
    try {
      this.#actions.announceEnd(key, entry.slice);
    } finally {
      entry.isEnding = false;
      if (entry.count > 0) this.#actions.keep(entry.slice);
      else {
        this.#entries.delete(key);
        this.#actions.remove(key, entry);
        tellEnd(entry);
      }
    }
  }
}

function tellEnd(entry: Entry): void {
  for (const listener of entry.onEnd.splice(0)) listener();
}

function mayHold(app: string, { owner, holders, slice }: Entry, brought: AnySlice): boolean {
  if (app === owner || holders.has(app)) return true;
  return 'isShared' in slice && slice.isShared === true && slice.reducer === brought.reducer;
}

function changeHolding(entry: Entry, holder: string, step: 1 | -1): void {
  const { holders } = entry;
  const count = (holders.get(holder) ?? 0) + step;
  entry.count += step;
  if (count > 0) holders.set(holder, count);
  else holders.delete(holder);
  if (!holders.has(entry.owner)) entry.owner = [...holders.keys()][0] ?? entry.owner;
}

function taken(key: string, owner: string, other: string): IsthmusError {
  const message = `the slice '${key}' belongs to '${owner}'; '${other}' cannot inject another one under that key: rename one of them`;
  return new IsthmusError('owner-conflict', message);
}

function notHeld(key: string, owner: string): IsthmusError {
  const message = `the lease of '${owner}' on '${key}' was given back: inject the slice again`;
  return new IsthmusError('disposed', message);
}

function otherKey(key: string, other: string): IsthmusError {
  const message = `a lease on '${key}' cannot take the slice '${other}': inject it`;
  return new IsthmusError('slice-missing', message);
}
