import type { Slice, ToolkitSlice } from 'isthmus';

import { keyOf } from '../api/slice.js';
import { Keeping } from './keeping.js';
import { KeptSlice } from './kept-slice.js';
import { persistenceOf } from './persistence.js';
import type { PersistedStore, PersistenceStatus, SnapshotRefusal } from './persisted-store.js';
import { Place } from './place.js';
import type { Hydration } from './restoring.js';
import { SnapshotGate } from './snapshot-gate.js';
import type { SnapshotContract } from './snapshot.js';
import type { SnapshotStorage } from './storage.js';

/** What {@link persistSlice} takes. */
export interface PersistOptions {
  /** The store that has the slice. */
  readonly store: PersistedStore;
  /** The slice, or its key. It may be injected now or later. */
  readonly slice: Slice | ToolkitSlice | string;
  /** Where it is kept. */
  readonly storage: SnapshotStorage;
  /** What a snapshot must be like to be taken. */
  readonly contract?: SnapshotContract;
  /** In the storage; `isthmus/<store>/<key>` by default. */
  readonly name?: string;
  /** Milliseconds between two writes; 1000 by default. `'never'` only reads. */
  readonly saveEvery?: number | 'never';
  /** Milliseconds after which a storage that does not answer, or a page that has its turn, is given up; 5000 by default. */
  readonly timeout?: number;
  /** Told of every snapshot that was not taken or not written; the console by default. */
  readonly onRefused?: (refusal: SnapshotRefusal) => void;
}

/** A slice that is kept in a storage. */
export interface Persistence {
  /** The key of the slice. */
  readonly key: string;
  /**
   * What became of the snapshot, once it was read. The state is there as soon as the slice is: where it is
   * injected later, before any message that was parked for it. Never rejects.
   */
  readonly hydrated: Promise<Hydration>;
  /** How far reading and writing are. */
  readonly status: PersistenceStatus;
  /** Why it is blocked or failing, as it was told to `onRefused`. */
  readonly refusal: SnapshotRefusal | undefined;
  /** Reads and writes what is yet to be, and resolves with whether all is saved. Never rejects. */
  flush(): Promise<boolean>;
  /**
   * Removes the snapshot, even one that could not be read; what is being read or written comes to nothing,
   * here and in other pages that hear of it. The state stays, and the next change writes another. Never
   * rejects.
   */
  clear(): Promise<void>;
  /** Flushes and ends. Call it before the slice goes: with the slice, saving ends as it is. */
  stop(): Promise<void>;
}

/**
 * Keeps a slice in a storage. The slice is `loading` until its snapshot was read and checked, then it is
 * hydrated and `ready`. Changes are written at most once in `saveEvery`, and at once when the page is
 * hidden or goes.
 *
 * A snapshot in an older version is carried to the present one by the contract's `upcast`. One that cannot
 * be used (another version, against the schema, a storage that throws or does not answer) is refused and
 * told to `onRefused`; the slice starts fresh and is ready. A refused snapshot stays as it is: until it can
 * be read or is removed by `clear()`, changes stay in memory. A storage that failed is tried again, and what
 * it gives late is taken. What was dispatched before is replaced by the snapshot. Parts that the contract
 * lists as `never` are not written, nor is a state that holds credentials.
 *
 * Of several pages that keep the same slice, the one with the last change of its own is what is stored: a
 * page that only heard of actions over the bridge does not write over another's snapshot, nor one of an
 * older `schemaVersion`. A page that comes back from the back/forward cache takes what is stored by then.
 *
 * @throws EngineError for a contract that is wrong, IsthmusError `engine-missing` before `loadEngine`,
 * `protocol` where an older release of this package came first, whose engine checks no snapshots.
 *
 * @example
 * ```ts
 * import { defineSlice, joinSharedStore } from 'isthmus';
 * import { payload, push } from 'isthmus/program';
 * import { localStorageAdapter, persistSlice } from 'isthmus/storage';
 *
 * const cart = defineSlice({
 *   name: 'cart',
 *   schemaVersion: 2,
 *   initialState: { items: [] as string[], coupon: '' },
 *   reducers: { add: [push('/items', payload())] },
 * });
 * const { store, leave } = joinSharedStore({ app: 'cart', slices: [cart] });
 * const persistence = persistSlice({
 *   store,
 *   slice: cart,
 *   storage: localStorageAdapter(),
 *   contract: {
 *     state: { type: 'object', required: ['items'], properties: { items: { type: 'array' } } },
 *     never: ['/coupon'],
 *   },
 * });
 * await store.whenReady('cart');
 * await persistence.stop().then(leave);
 * ```
 */
export function persistSlice(options: PersistOptions): Persistence {
  const { store, slice, storage, contract = {}, saveEvery = 1000, timeout = 5000 } = options;
  const key = typeof slice === 'string' ? slice : keyOf(slice);
  const rules = { schemaVersion: versionOf(slice), ...contract };
  const gate = new SnapshotGate(key, rules);
  const keeping = new Keeping({
    kept: new KeptSlice({ store, key, gate, never: rules.never }),
    ...{ key, timeout, every: saveEvery },
    place: new Place(storage, options.name ?? `isthmus/${store.name}/${key}`, timeout, gate.ready),
    onRefused: options.onRefused ?? warn,
  });
  return persistenceOf(keeping, { key });
}

function warn({ key, direction, reason, message }: SnapshotRefusal): void {
  const what =
    direction === 'read'
      ? `the snapshot of '${key}' is not used, so the slice starts fresh, and it stays until it can be read or clear() removes it: changes are not saved meanwhile`
      : `the snapshot of '${key}' was not written`;
  console.warn(`isthmus: ${what}: ${message} (${reason}).`);
}

function versionOf(slice: PersistOptions['slice']): number {
  return typeof slice === 'object' && 'schemaVersion' in slice ? slice.schemaVersion : 1;
}
