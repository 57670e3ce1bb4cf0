import type { Drop } from '../../api/bridge.js';
import type { Divergence, OtherRelease } from '../../api/log.js';
import type { ExpectedSliceInspection } from '../../api/inspection.js';
import { keyOf, type AnySlice } from '../../api/slice.js';
import type { SharedStore } from '../../api/store.js';
import { nearest } from '../../base/nearest.js';
import type { Path } from '../../base/path.js';
import { tellOnce } from '../../page/tell-once.js';
import { definedTypes } from '../lifecycle/defined-types.js';
import type { Leases } from '../lifecycle/leases.js';
import type { Readiness } from '../lifecycle/readiness.js';
import type { StateCell } from '../state/state-cell.js';
import { nameOurs } from './foreign-members.js';

/** What hints look at of a store. */
interface HintedStore {
  readonly name: string;
  readonly cell: StateCell;
  readonly leases: Leases;
  readonly readiness: Readiness;
}

import { show, whatIsWrongWith } from './path-hints.js';

/**
 * What the console tells in development of one store: mistakes that change nothing and would otherwise be
 * silent. Each is told once. None of it is in production: `hintsOf` is undefined there, and bundlers drop
 * whatever only it uses.
 */
export interface StoreHints {
  /** The same making of the store that apps get, which then tells who takes it for another library's. */
  making(make: MakeStore): MakeStore;
  /** There is no value at a path that is read or watched. */
  nothingAt(path: Path): void;
  /** Somebody asks whether a slice is ready that is not there. */
  askedFor(key: string): void;
  injected(slice: AnySlice): void;
  removed(slice: AnySlice, owner: string): void;
  /** The same dispatch, told of when it looks wrong. */
  around(dispatch: Dispatch): Dispatch;
  /** Something was dropped: of interest is a marked action that stays at home. */
  stayedHome(drop: Drop): void;
  /** Tabs had different states. */
  diverged(divergence: Divergence): void;
  /** Another tab has another release of a converging slice. */
  otherRelease(other: OtherRelease): void;
  ended(): void;
}

type Dispatch = (action: unknown) => unknown;
type MakeStore = (surface: SharedStore) => SharedStore;
type Expected = () => readonly Pick<ExpectedSliceInspection, 'key'>[];

export let hintsOf: ((core: HintedStore, expected: Expected) => StoreHints) | undefined;

/** Bundlers put a constant in; without one, nobody has said that this is production. */
const makeHints = (core: HintedStore, expected: Expected) => new DevelopmentHints(core, expected);
try {
  if (process.env.NODE_ENV !== 'production') hintsOf = makeHints;
} catch {
  hintsOf = makeHints;
}

/** Milliseconds until a slice is missed whose name is like another one's, and until any other is. */
const SOON = 1000;
const LATE = 10_000;

/** Types that are remembered of slices that have gone. */
const MOST = 1000;

/** A slice that has gone, as the actions that it alone has defined remember it. */
interface Gone {
  readonly key: string;
  readonly owner: string;
}

type Timer = ReturnType<typeof setTimeout>;

class DevelopmentHints implements StoreHints {
  readonly #core: HintedStore;
  readonly #expected: Expected;
  /** Every slice that was ever there. */
  readonly #known = new Set<string>();
  /** The slices that are awaited, and the timers until they are missed. */
  readonly #awaited = new Map<string, Timer>();
  readonly #gone = new Map<string, Gone>();
  #hasEnded = false;

  constructor(core: HintedStore, expected: Expected) {
    this.#core = core;
    this.#expected = expected;
  }

  making(make: MakeStore): MakeStore {
    const { name } = this.#core;
    return (surface) => {
      nameOurs(surface, name); // before it is frozen
      const store = make(surface);
      if (store !== surface) nameOurs(store, name);
      return store;
    };
  }

  nothingAt(path: Path): void {
    const [first] = path;
    if (first === undefined || this.#hasEnded) return;
    const key = String(first);
    const { name, cell } = this.#core;
    if (!cell.has(key)) return this.#await(key, `the path ${show(path)}`);
    const state = cell.read([key]);
    const wrong = whatIsWrongWith(path, state, this.#initialState(key) ?? state);
    if (wrong === undefined) return;
    const at = show(path);
    tellOnce('path', `${name} ${at}`, `nothing is at ${at} in the store '${name}': ${wrong}.`);
  }

  askedFor(key: string): void {
    if (!this.#hasEnded && !this.#core.cell.has(key)) this.#await(key, `whoever asks for '${key}'`);
  }

  injected(slice: AnySlice): void {
    this.#known.add(keyOf(slice));
    clearTimeout(this.#awaited.get(keyOf(slice)));
    for (const type of definedTypes(slice)) this.#gone.delete(type);
  }

  removed(slice: AnySlice, owner: string): void {
    const key = keyOf(slice);
    for (const type of definedTypes(slice)) {
      if (this.#gone.size < MOST) this.#gone.set(type, { key, owner });
    }
  }

  /** Of a slice that has gone, only what changes nothing is a mistake: another slice may have use for it. */
  around(dispatch: Dispatch): Dispatch {
    return (action) => {
      const { type, meta } = (action ?? {}) as { type?: unknown; meta?: { crossApp?: unknown } };
      if (typeof type !== 'string') return dispatch(action);
      if (this.#hasEnded) this.#tellEnd(type);
      const gone = this.#gone.get(type);
      if (gone === undefined || this.#hasEnded || meta?.crossApp === true) return dispatch(action);
      const before = this.#state();
      const result = dispatch(action);
      if (this.#state() === before) this.#tellGone(type, gone);
      return result;
    };
  }

  stayedHome({ direction, reason, type = '', message }: Drop): void {
    if (direction === 'in' || reason === 'off') return; // off is what somebody has asked for
    const { name } = this.#core;
    const text = `'${type}' is marked to cross, but stayed in the store '${name}' (${reason}): ${message}`;
    tellOnce(reason, `${name} ${type}`, `${text}. Its local dispatch stands.`);
  }

  diverged({ slice }: Divergence): void {
    const what = `the slice '${slice}' of the store '${this.#core.name}' had another state here than in the tab that settles`;
    const why = 'most likely its reducer is not a function of state and action alone';
    tellOnce(
      'diverged',
      `${this.#core.name} ${slice}`,
      `${what}, whose state it has taken: ${why}.`,
    );
  }

  otherRelease({ slice, fingerprint, theirs }: OtherRelease): void {
    const what = `another tab has the slice '${slice}' of the store '${this.#core.name}' with other reducers or contracts`;
    const text = `${what} (${theirs} there, ${fingerprint} here): the two releases do not agree with each other until one of them is reloaded.`;
    tellOnce('release', `${this.#core.name} ${slice} ${theirs}`, text);
  }

  ended(): void {
    this.#hasEnded = true;
    for (const timer of this.#awaited.values()) clearTimeout(timer);
  }

  #tellEnd(type: string): void {
    const { name } = this.#core;
    const what = `'${type}' was dispatched to the store '${name}', which has ended (dispose, or leave on a server)`;
    const cure = 'dispatch before it ends, or to the store that took its place';
    tellOnce('ended', `${name} ${type}`, `${what}: no app's slice sees it; ${cure}.`);
  }

  #tellGone(type: string, { key, owner }: Gone): void {
    const what = `'${type}' was dispatched after '${owner}' had given back its slice '${key}' (dispose or leave)`;
    const text = `${what}: it changed nothing. Dispatch before leaving, or keep the slice (keepFor).`;
    tellOnce('gone', `${this.#core.name} ${type}`, text);
  }

  /** Slices may come late; those that are to come later still are announced by `expect`. */
  #await(key: string, who: string): void {
    if (this.#known.has(key) || this.#awaited.has(key) || this.#awaited.size >= 100) return;
    this.#later(key, SOON, () => {
      if (!this.#isMissing(key)) return;
      const meant = nearest(key, this.#keys());
      if (meant !== undefined) return this.#tellMissing(key, `${who} probably means '${meant}'`);
      this.#later(key, LATE - SOON, () => {
        if (!this.#isMissing(key)) return;
        const keys = this.#keys().map((known) => `'${known}'`);
        const there = keys.length === 0 ? 'there are none' : `there are ${keys.join(', ')}`;
        const cure = `say expect('${key}') if it is to come later`;
        this.#tellMissing(key, `${who} waits for it; ${there}; ${cure}`);
      });
    });
  }

  /** Keeps no server running. */
  #later(key: string, milliseconds: number, call: () => void): void {
    const timer: Timer = setTimeout(call, milliseconds);
    (timer as { unref?: () => void }).unref?.();
    this.#awaited.set(key, timer);
  }

  #tellMissing(key: string, text: string): void {
    const { name } = this.#core;
    tellOnce('slice', `${name} ${key}`, `the store '${name}' has no slice '${key}': ${text}.`);
  }

  #isMissing(key: string): boolean {
    const { cell, readiness } = this.#core;
    if (this.#hasEnded || this.#known.has(key)) return false;
    return !cell.has(key) && readiness.status(key) === 'absent' && !this.#isExpected(key);
  }

  #isExpected(key: string): boolean {
    return this.#expected().some((slice) => slice.key === key);
  }

  #keys(): string[] {
    const expected = this.#expected().map(({ key }) => key);
    return [...this.#core.cell.foundKeys(), ...this.#core.leases.entries.keys(), ...expected];
  }

  #initialState(key: string): unknown {
    const slice = this.#core.leases.entries.get(key)?.slice;
    if (slice === undefined) return undefined;
    if ('getInitialState' in slice) return (slice.getInitialState as () => unknown)();
    try {
      return slice.reducer(undefined as never, { type: '@@isthmus/hint' } as never);
    } catch {
      return undefined;
    }
  }

  /** Unreadable while a reducer runs, whose dispatch Redux refuses. */
  #state(): unknown {
    try {
      return this.#core.cell.getState();
    } catch {
      return undefined;
    }
  }
}
