import type { DropReason, SharedStore, Slice, ToolkitSlice } from 'isthmus';

import { Restoring, type Hydration } from './restoring.js';
import { Saving } from './saving.js';
import { SnapshotGate, SnapshotRefused, type SnapshotContract } from './snapshot-gate.js';
import type { SnapshotStorage } from './storage.js';

/** What {@link persistSlice} needs of a store; every store of this package has it. */
export type PersistedStore = Pick<
  SharedStore,
  'name' | 'read' | 'watch' | 'status' | 'onStatus' | 'markLoading' | 'markReady' | 'hydrate'
>;

/** What {@link persistSlice} takes. */
export interface PersistOptions {
  readonly store: PersistedStore;
  /** The slice, or its key. It may be injected now or later. */
  readonly slice: Slice | ToolkitSlice | string;
  readonly storage: SnapshotStorage;
  readonly contract?: SnapshotContract;
  /** In the storage; `isthmus/<store>/<key>` by default. */
  readonly name?: string;
  /** Milliseconds between two writes; 1000 by default. `'never'` only reads. */
  readonly saveEvery?: number | 'never';
  /** Milliseconds after which a storage that does not answer is given up; 5000 by default. */
  readonly timeout?: number;
  /** Told of every snapshot that was not taken or not written; the console by default. */
  readonly onRefused?: (refusal: SnapshotRefusal) => void;
}

/** What is told of a snapshot that was refused: nothing of what it holds. */
export interface SnapshotRefusal {
  readonly key: string;
  readonly direction: 'read' | 'write';
  /** As of a message on the bridge; `storage` is what the storage itself threw. */
  readonly reason: DropReason | 'storage';
  readonly message: string;
}

/** A slice that is kept in a storage. */
export interface Persistence {
  readonly key: string;
  /**
   * What became of the snapshot, once it was read. The state is there as soon as the slice is: where it is
   * injected later, before any message that was parked for it. Never rejects.
   */
  readonly hydrated: Promise<Hydration>;
  /** Writes what is yet to be written. Never rejects. */
  flush(): Promise<void>;
  /** Removes the snapshot; the next change writes another. Never rejects. */
  clear(): Promise<void>;
  /** Flushes and ends. Call it before the slice goes: with the slice, saving ends as it is. */
  stop(): Promise<void>;
}

/**
 * Keeps a slice in a storage. The slice is `loading` until its snapshot was read and checked, then it is
 * hydrated and `ready`. Changes are written at most once in `saveEvery`, and when the page is hidden.
 *
 * A snapshot in an older version is carried to the present one by the contract's `upcast`. One that cannot
 * be used (no snapshot, another version, against the schema, a storage that throws or does not answer) is
 * refused and told to `onRefused`, and the slice starts fresh and is ready. What was dispatched while the
 * slice was loading is replaced by the snapshot. Parts that the contract lists as `never` are not written,
 * nor is a state that holds credentials.
 *
 * @throws EngineError for a contract that is wrong, IsthmusError `engine-missing` before `loadEngine`.
 *
 * @example
 * ```ts
 * import { defineSlice, joinSharedStore, payload, push } from 'isthmus';
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
  const key = keyOf(slice);
  const place = { storage, name: options.name ?? `isthmus/${store.name}/${key}` };
  const rules = { schemaVersion: versionOf(slice), ...contract };
  const gate = new SnapshotGate(key, rules, () => void saving.flush());
  const report = reporter(key, options.onRefused);

  const saving = new Saving({ ...place, store, key, gate, every: saveEvery, report });
  const restoring = new Restoring({ ...place, store, key, gate, rules, timeout, report }, () =>
    saving.begin(),
  );
  const stop = async () => {
    restoring.stop();
    await saving.stop();
  };
  return Object.freeze({
    key,
    hydrated: restoring.begin(),
    flush: () => saving.flush(),
    clear: () => saving.clear(),
    stop,
  });
}

/** Tells of a refusal. */
export type Report = (direction: SnapshotRefusal['direction'], error: unknown) => void;

function reporter(key: string, onRefused: PersistOptions['onRefused'] = warn): Report {
  return (direction, error) => {
    const reason = error instanceof SnapshotRefused ? error.reason : 'storage';
    const message = error instanceof Error ? error.message : String(error);
    onRefused({ key, direction, reason, message });
  };
}

function warn({ key, direction, reason, message }: SnapshotRefusal): void {
  const what =
    direction === 'read'
      ? `the snapshot of '${key}' is not used, so the slice starts fresh`
      : `the snapshot of '${key}' was not written`;
  console.warn(`isthmus: ${what}: ${message} (${reason}).`);
}

function keyOf(slice: PersistOptions['slice']): string {
  if (typeof slice === 'string') return slice;
  if ('key' in slice) return slice.key;
  return 'reducerPath' in slice ? slice.reducerPath : slice.name;
}

function versionOf(slice: PersistOptions['slice']): number {
  return typeof slice === 'object' && 'schemaVersion' in slice ? slice.schemaVersion : 1;
}
