import {
  assertShared,
  getSharedStore,
  IsthmusError,
  joinSharedStore,
  type Membership,
  type SharedStore,
} from 'isthmus';

import { keyOf } from '../api/slice.js';
import type { AnyStore } from '../api/store.js';
import type { AnySlice } from './place.js';
import { isStandIn } from './waiting-store.js';

/** A store, one's membership of it, or what joins it and so is left by whoever calls it. */
export type StoreSource = AnyStore | Membership | (() => Membership);

/** What components below a provider use. */
export interface Shared {
  readonly store: SharedStore;
  readonly membership: Membership | undefined;
}

export function sharedOf(given: StoreSource, taker: string): Shared & { leave(): void } {
  const membership =
    typeof given === 'function' ? given() : isMembership(given) ? given : undefined;
  const isStore = typeof given !== 'function' && membership === undefined;
  const store = isStore ? (given as SharedStore) : membership?.store;
  if (typeof store?.read !== 'function') throw noStore(given, taker);
  const leave = typeof given === 'function' ? membership!.leave : () => undefined;
  return { store, membership, leave };
}

function isMembership(given: AnyStore | Membership | null): given is Membership {
  return typeof given === 'object' && given !== null && 'leave' in given;
}

function noStore(given: unknown, taker: string): IsthmusError {
  const cure = 'a store, a membership, or a function that joins: () => joinSharedStore({ app })';
  const what = typeof given === 'function' ? 'a function that gives no membership' : typeof given;
  const message = `${taker} takes ${cure}; it was given ${given === null ? 'null' : what}`;
  return new IsthmusError('invalid-argument', message);
}

/** What is used where nothing is provided. */
export function pageShared(): Shared {
  return { store: getSharedStore(), membership: undefined };
}

export function checkedKeyOf(slice: AnySlice | null | undefined, taker: string): string {
  const key = typeof slice === 'object' && slice !== null && keyOf(slice);
  if (typeof key === 'string') return key;
  const why = `${taker} takes a slice of defineSlice or of Redux Toolkit, or { key, reducer }`;
  throw new IsthmusError('invalid-argument', `${why}; it was given ${slice && typeof slice}`);
}

/**
 * Injects a slice until what is returned is called. Its owner is the membership or, without one, the slice itself;
 * a store of an app's own needs a membership, since only the page's stores can be joined from here. One that is yet to be
 * joined holds nothing.
 */
export function holdSlice(
  { store, membership }: Shared,
  slice: AnySlice,
  taker: string,
): () => void {
  const key = checkedKeyOf(slice, taker);
  if (membership !== undefined) {
    const lease = membership.inject(slice);
    return () => lease.dispose();
  }
  if (isStandIn(store)) return () => undefined;
  assertShared(store);
  return joinSharedStore({ app: `${taker}(${key})`, name: store.name, slices: [slice] }).leave;
}
