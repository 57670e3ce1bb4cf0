import type { Copy } from '../page/realm.js';
import type { LogInspection } from './log.js';
import type { Status } from './slice.js';

/** What {@link SharedStore.inspect} shows. */
export interface Inspection {
  /** The name of the store. */
  readonly name: string;
  /** The id of the store, its `__mfId`. */
  readonly mfId: string;
  /** The slices that are there. */
  readonly slices: readonly SliceInspection[];
  /** The slices that apps expect and that were not injected yet. */
  readonly expected: readonly ExpectedSliceInspection[];
  /** Every app that has joined, or has left something behind. */
  readonly owners: readonly OwnerInspection[];
  /** The number of leases on slices. */
  readonly leases: number;
  /** The number of watches. Whose they are is not known, as all apps have the same store object. */
  readonly watchers: number;
  /** The number of listeners of `subscribe`. */
  readonly listeners: number;
  /** The number of middleware of apps. */
  readonly middleware: number;
  /** The names of the channels that its bridge is on. */
  readonly channels: readonly string[];
  /** Where slices converge: how the tabs agree on their states. */
  readonly log?: LogInspection;
  /** The copies of this package on the page; this store is of the active one. */
  readonly copies: readonly (Copy & { readonly active: boolean })[];
  /** How many engines this page has loaded. */
  readonly engines: number;
}

/**
 * What one app holds of a store. With no membership left, it has left that behind: slices that it asked to
 * keep and the middleware that is to see their end, or leases of another way in.
 */
export interface OwnerInspection {
  /** The name of the app. */
  readonly owner: string;
  /** How often it has joined and not left. */
  readonly memberships: number;
  /** Those it holds, and those that are kept for it. */
  readonly slices: readonly string[];
  /** The number of its leases on slices. */
  readonly leases: number;
  /** The number of its middleware. */
  readonly middleware: number;
  /** The action types that it has contracts for. */
  readonly contracts: readonly string[];
  /** The slices that it waits for. */
  readonly expected: readonly string[];
}

/** One slice of an {@link Inspection}. */
export interface SliceInspection {
  /** The key in the state. */
  readonly key: string;
  /** The app that holds it; the store's name, for a state that was there before. */
  readonly owner: string;
  /** Whether its state is held by the engine or is a JavaScript value. */
  readonly kind: 'native' | 'js';
  /** The number of leases on it. */
  readonly leases: number;
  /** Whether it is loading, ready or failed. */
  readonly status: Status;
}

/** One expected slice of an {@link Inspection}, and the messages that wait for it. */
export interface ExpectedSliceInspection {
  /** The key in the state. */
  readonly key: string;
  /** The apps that expect it. */
  readonly owners: readonly string[];
  /** How many messages are parked for it. */
  readonly messages: number;
  /** The bytes of the messages that are parked for it. */
  readonly bytes: number;
}
