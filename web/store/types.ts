import type { Action, Dispatch, Reducer, Store } from 'redux';

export type { Action, Middleware, Reducer } from 'redux';

import type { Path } from '../engine/engine.js';
import type { PlatformAbortSignal } from '../engine/platform-types.js';
import type { AnySlice } from './slices.js';
import type { Copy } from '../engine/realm.js';

export type { Path };

/** A JSON Schema (draft 2020-12) in the form of plain data. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/**
 * What may cross the bridge under one action type, and in which shape.
 *
 * @example
 * ```ts
 * import type { Contract } from 'isthmus';
 *
 * const login: Contract = {
 *   from: '*',
 *   to: ['shared'],
 *   schemaVersion: 1,
 *   never: ['/token'],
 *   payload: { type: 'object', required: ['user'], properties: { user: { type: 'object' } } },
 * };
 * ```
 */
export interface Contract {
  /** Names of the stores that may send it; all by default. */
  readonly from?: '*' | readonly string[];
  /** Names of the stores that may receive it; all by default. */
  readonly to?: '*' | readonly string[];
  /** Of the payload's shape; 1 by default. What no casters carry to it is dropped as `version`. */
  readonly schemaVersion?: number;
  /** Parts of the payload that never leave. What holds one when it arrives is dropped as `secret`. */
  readonly never?: readonly NeverPath[];
  /**
   * What the payload must look like on the wire. Keywords that draft 2020-12 does not know are refused,
   * unless they begin with `x-`.
   */
  readonly payload?: JsonSchema;
  /**
   * Whether `format` in the schema is checked; it is an annotation by default, as the standard says. The
   * formats are `date`, `time`, `date-time`, `duration`, `email`, `hostname`, `ipv4`, `ipv6`, `uri`,
   * `uri-reference`, `uuid`, `json-pointer` and `regex` for strings, `int32`, `int64`, `float` and `double`
   * for numbers. Any other is refused, unless it is declared an annotation:
   * `{ annotations: ['password', 'byte'] }` checks all formats but these.
   */
  readonly assertFormats?: boolean | { readonly annotations: readonly string[] };
  /**
   * By version, steps that make a payload of it one of the next: `{ 1: [...] }` makes 2 of 1. The steps
   * see the payload as their state. A payload that they cannot carry is dropped as `version`.
   */
  readonly upcast?: Casters;
  /** As `upcast`, to the version before: `{ 2: [...] }` makes 1 of 2. */
  readonly downcast?: Casters;
  /** The versions that an action leaves in, under one number; `schemaVersion` alone by default. */
  readonly emit?: readonly number[];
  /**
   * Whether texts may cross that have the form of a JWT, a bearer token, basic credentials, a private key,
   * or a key or token of AWS, GitHub, GitLab, Google, npm, Slack or Stripe; not by default.
   */
  readonly credentials?: 'allow' | 'refuse';
  /** Drops an action as `stale` that is older than the last one of its type, by its sender's clock. */
  readonly lastWins?: boolean;
}

/**
 * A part of a payload that never leaves, as a JSON Pointer: it is taken out, or with `then: 'refuse'`
 * an action that holds it stays at home. In it `*` is every element of an array and every member of an
 * object, so that one path names the `cvc` of all cards. A path much like one of the contract's schema is
 * refused when defined.
 */
export type NeverPath = string | { readonly path: string; readonly then?: 'remove' | 'refuse' };

/** Lists of steps by the schemaVersion of the payloads they take. */
export type Casters = { readonly [version: number]: readonly Step[] };

/** Contracts by action type. */
export type Contracts = { readonly [type: string]: Contract };

/** One contract of {@link describeContracts}, and the apps that defined it. */
export interface ContractDescription {
  /** The name of the store that has it. */
  readonly store: string;
  readonly type: string;
  readonly owners: readonly string[];
  readonly contract: Contract;
}

/** Steps of a native reducer in canonical JSON; the builders (`set`, `upsert`, ...) write them. */
export type Step = { readonly op: string; readonly [field: string]: unknown };

/** A slice with any Redux reducer; its state stays the JavaScript value it is. */
export interface JsSlice {
  readonly key: string;
  // `never` parameters accept a reducer of any state and action.
  readonly reducer: (state: never, action: never) => unknown;
  /** Its action creators, whose types no slice of another app may define, too. */
  readonly actions?: object;
  /** Dispatched before the slice goes, after `key/teardown`. */
  readonly teardown?: Action;
  /** Whether several apps may hold it together, if they bring the very same reducer. */
  readonly isShared?: boolean;
}

/** A slice, or an RTK Query api, as Redux Toolkit makes them: what its `combineSlices` takes. */
export interface ToolkitSlice {
  /** The key in the state. */
  readonly reducerPath: string;
  readonly reducer: JsSlice['reducer'];
  readonly actions?: object;
  /** Of an api, which is reset before it goes: that ends its polling and its requests. */
  readonly util?: { resetApiState(): Action };
}

/** How long a slice outlives its last lease. */
export interface InjectOptions {
  /**
   * Milliseconds until it is torn down, or for as long as the page lives. The next task by default; while
   * the slice lives, an injection that does not say leaves what an earlier one said.
   */
  readonly keepFor?: number | 'page';
}

/** One app's hold on a slice. The slice stays as long as any lease on it. */
export interface Lease {
  readonly key: string;
  /**
   * Gives the hold up; `now` tears an unheld slice down at once. Another call does nothing and is reported
   * to the console.
   */
  dispose(options?: { now?: boolean }): void;
  /**
   * Puts another version of the slice in its place, as hot reload does. The state stays; reducers, action
   * types and contract are the new ones, but a contract of a type that the new version no longer lists
   * stays until the app leaves.
   *
   * @throws IsthmusError `disposed` once the lease was given back, `slice-missing` for another key,
   * `slice-exists` for a slice of the other kind.
   *
   * @example
   * ```ts
   * import { defineSlice, inc, joinSharedStore } from 'isthmus';
   *
   * const version = (step: number) =>
   *   defineSlice({ name: 'count', initialState: 0, reducers: { add: [inc('', step)] } });
   * const lease = joinSharedStore({ app: 'host' }).inject(version(1));
   * lease.replace(version(2));
   * ```
   */
  replace(slice: AnySlice | ToolkitSlice): void;
}

/** Whether a slice can be used. A slice is ready once it is injected, unless marked otherwise. */
export type Status = 'absent' | 'loading' | 'ready' | 'failed';

/**
 * Why the bridge dropped a message or kept an action at home. `type` is one that no contract lists. `absent`
 * is one that would be listed if its slice or app were here: it was, it is expected, or it is an event of a slice that was
 * never here and comes from a store whose other messages were accepted. Neither is applied.
 */
export type DropReason =
  | 'undecodable'
  | 'too-large'
  | 'protocol'
  | 'echo'
  | 'duplicate'
  | 'off'
  | 'type'
  | 'absent'
  | 'sender'
  | 'version'
  | 'schema'
  | 'secret'
  | 'stale'
  | 'clock'
  | 'reducer';

/** What is told of a dropped message: never its payload. */
export interface Drop {
  readonly direction: 'in' | 'out';
  readonly reason: DropReason;
  readonly type?: string;
  readonly message: string;
}

/**
 * Messages that never came: numbers of a sender that were passed over, also those before the first that is
 * heard of it (each store counts from 1, so a tab that opens later lacks what was sent before, and is told
 * once for each sender; one that was forgotten, see the limit `senders`, is told anew), messages that found no room
 * while others waited to be applied, or messages that waited for a slice in vain. State that depends on
 * every single one is to be fetched anew.
 */
export type Gap =
  | {
      readonly reason: 'sequence';
      /** Which store sent them: its id on the channel. */
      readonly sender: string;
      /** The first and the last of its numbers among which one is missing. */
      readonly from: number;
      readonly to: number;
    }
  | { readonly reason: 'overflow'; readonly messages: number }
  | {
      /** Messages that waited for an expected slice were discarded, all of them. */
      readonly reason: 'parked';
      readonly slice: string;
      readonly messages: number;
      /** They exceeded a limit, waited too long, or the last app that expected the slice left. */
      readonly cause: 'overflow' | 'expired' | 'left';
    };

/** Bounds on what a bridge takes in and remembers. */
export interface BridgeLimits {
  /** Of one message in its binary form; 256 KiB by default. What exceeds it is `too-large`. */
  readonly bytes?: number;
  /** Nested arrays and objects in a message; 64 by default. */
  readonly depth?: number;
  /** Array elements and object members in a message, in all; 50,000 by default. */
  readonly entries?: number;
  /** Senders that are remembered; 256 by default. */
  readonly senders?: number;
  /** Latest numbers of a sender by which duplicates are told; 1024 by default. */
  readonly window?: number;
  /** Action types without a contract that get counters of their own; 256 by default. */
  readonly types?: number;
  /** Bad messages of one sender in a second, after which its messages are not read; 256 by default. */
  readonly rejects?: number;
  /** Messages that wait while a task has enough to do; 4096 by default. */
  readonly queue?: number;
  /** Bytes, in their binary form, of the messages that wait for one expected slice; 1 MiB by default. */
  readonly parkBytes?: number;
  /** How many messages may wait for one expected slice; 1024 by default. */
  readonly parkMessages?: number;
  /** Milliseconds that a message may wait for an expected slice; 60,000 by default. */
  readonly parkMs?: number;
  /**
   * Bytes of all the values that the native reducers of one action make, and those that casters make of
   * one message; about 128 MiB by default. What exceeds it is `too-large`.
   */
  readonly actionBytes?: number;
  /**
   * Evaluated expressions, visited elements and compared parts, likewise; 50,000,000 by default, which
   * take some seconds.
   */
  readonly actionSteps?: number;
}

/** An action that crossed. */
export interface Crossing {
  readonly direction: 'in' | 'out';
  readonly action: Action;
}

/** What the bridge has counted since the store was made. */
export interface BridgeCounters {
  readonly sent: number;
  readonly accepted: number;
  /** Inbound messages that were not read, since their sender had sent too many bad ones. */
  readonly limited: number;
  /** Inbound messages that had to wait for an expected slice. When applied, they are `accepted`, too. */
  readonly parked: number;
  /** Of these, how many were thrown away before their slice came; `onGap` told so. */
  readonly discarded: number;
  /** Inbound messages that were dropped. */
  readonly dropped: Partial<Record<DropReason, number>>;
  /** Outbound actions that stayed at home. */
  readonly refused: Partial<Record<DropReason, number>>;
  /** Both, by action type. */
  readonly byType: Record<string, Partial<Record<DropReason, number>>>;
}

/** The store's side of the bridge. */
export interface StoreBridge {
  readonly enabled: boolean;
  /** Pauses or resumes crossing; local state goes on. */
  setEnabled(on: boolean): void;
  counters(): BridgeCounters;
  onDrop(listener: (drop: Drop) => void): () => void;
  /** Calls the listener when messages are known to be missing; each gap is told once. */
  onGap(listener: (gap: Gap) => void): () => void;
  onCross(listener: (crossing: Crossing) => void): () => void;
}

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

/**
 * The slices of the page's store, for apps to add theirs to. Their keys are optional where the app may
 * be absent.
 *
 * @example
 * ```ts
 * import { getSharedStore } from 'isthmus';
 *
 * declare module 'isthmus' {
 *   interface SliceStates {
 *     cart?: { count: number };
 *   }
 * }
 * export const count = getSharedStore().getState().cart?.count;
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- others fill it
export interface SliceStates {}

/** The state of a store: the slices that {@link SliceStates} names, and any others. */
export type AnyState = SliceStates & { readonly [key: string]: unknown };

/**
 * A Redux store whose slices come and go. All methods may be taken off the object. `Extension` is what
 * middleware adds to `dispatch`.
 *
 * @example
 * ```ts
 * import { joinSharedStore } from 'isthmus';
 *
 * const { store } = joinSharedStore({ app: 'host' });
 * const stop = store.watch(['cart', 'items'], () => console.log(store.read(['cart', 'items'])));
 * stop();
 * ```
 */
export interface SharedStore<State = AnyState, Extension = unknown> extends Store<State, Action> {
  /** Takes actions, and what the middleware of `Extension` takes. */
  readonly dispatch: Extension & Dispatch<Action>;
  readonly name: string;
  /** Tells store instances apart; equal in every app that has the page's one store. */
  readonly __mfId: string;
  readonly bridge: StoreBridge;
  /** The value at a path; undefined when there is none. Unchanged state gives the same reference. */
  read(path: Path): unknown;
  /** Calls the listener after a dispatch that changed the value at the path, or anything below it. */
  watch(path: Path, listener: () => void): () => void;
  /** Adds a reducer under a key, as hand-written federated stores do; again is harmless. */
  registerReducer(key: string, reducer: Reducer): void;
  /** Dispatches `key/teardown`, then removes what `registerReducer` added. */
  unregisterReducer(key: string): void;
  status(key: string): Status;
  /**
   * Resolves once the slice is ready. Rejects when it fails, on timeout (milliseconds), or on abort.
   * Without options it is the same promise until the status is another one, for React's `use`.
   */
  whenReady(
    key: string,
    options?: { signal?: PlatformAbortSignal; timeout?: number },
  ): Promise<void>;
  markLoading(key: string): void;
  markReady(key: string): void;
  markFailed(key: string, error: unknown): void;
  /** Calls the listener when any slice's status changes. */
  onStatus(listener: () => void): () => void;
  /** Replaces a slice's state, through an action that middleware sees, and marks the slice ready. */
  hydrate(key: string, snapshot: unknown): void;
  /** The same store, typed with slices that are injected at run time. */
  withSlices<Slices>(): SharedStore<State & Partial<Slices>, Extension>;
  inspect(): Inspection;
}
