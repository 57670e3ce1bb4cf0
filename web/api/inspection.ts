import type { Copy } from '../page/realm.js';
import type { LogInspection } from './log.js';
import type { Status } from './slice.js';

/** What {@link SharedStore.inspect} shows. */
export interface Inspection {
  readonly name: string;
  readonly mfId: string;
  readonly slices: readonly SliceInspection[];
  /** The slices that apps expect and that were not injected yet. */
  readonly expected: readonly ExpectedSliceInspection[];
  /** Every app that has joined, or has left something behind. */
  readonly owners: readonly OwnerInspection[];
  readonly leases: number;
  /** Of no known owner, since all apps have the same store object; so are the listeners. */
  readonly watchers: number;
  readonly listeners: number;
  readonly middleware: number;
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
  readonly owner: string;
  /** How often it has joined and not left. */
  readonly memberships: number;
  /** Those it holds, and those that are kept for it. */
  readonly slices: readonly string[];
  readonly leases: number;
  readonly middleware: number;
  /** The action types that it has contracts for. */
  readonly contracts: readonly string[];
  /** The slices that it waits for. */
  readonly expected: readonly string[];
}

/** One slice of an {@link Inspection}. */
export interface SliceInspection {
  readonly key: string;
  readonly owner: string;
  readonly kind: 'native' | 'js';
  readonly leases: number;
  readonly status: Status;
}

/** One expected slice of an {@link Inspection}, and the messages that wait for it. */
export interface ExpectedSliceInspection {
  readonly key: string;
  readonly owners: readonly string[];
  readonly messages: number;
  readonly bytes: number;
}
