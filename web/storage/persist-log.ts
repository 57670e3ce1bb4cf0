import { IsthmusError, type Slice, type ToolkitSlice } from 'isthmus';

import { keyOf } from '../api/slice.js';
import { portOf } from '../bridge/heard.js';
import type { LogPort } from '../bridge/kept-log.js';
import { Keeping } from './keeping.js';
import { KeptLog } from './kept-log.js';
import { LogGate, type LogStateContract } from './log-record.js';
import { persistenceOf } from './persistence.js';
import type { PersistedStore, PersistenceStatus, SnapshotRefusal } from './persisted-store.js';
import { Place } from './place.js';
import type { Hydration } from './restoring.js';
import type { SnapshotStorage } from './storage.js';

/** What {@link persistLog} takes. */
export interface PersistLogOptions {
  /** The store whose converging slices are kept. */
  readonly store: PersistedStore;
  /** Where they are kept. */
  readonly storage: SnapshotStorage;
  /** The slices whose states are stored, or their keys; all that converge by default. */
  readonly slices?: readonly (Slice | ToolkitSlice | string)[];
  /** What the states that a record begins with must look like, by key of the slice. */
  readonly contract?: Readonly<Record<string, LogStateContract>>;
  /** In the storage; `isthmus/<store>/@log` by default. */
  readonly name?: string;
  /** Milliseconds between two writes; 1000 by default. */
  readonly saveEvery?: number;
  /** Milliseconds after which a storage that does not answer, or a page that has its turn, is given up; 5000 by default. */
  readonly timeout?: number;
  /** Told of every record that was not taken or not written; the console by default. Its `key` is `@log`. */
  readonly onRefused?: (refusal: SnapshotRefusal) => void;
}

/** A log that is kept in a storage. */
export interface LogPersistence {
  /** What became of the record, once it was read. Never rejects. */
  readonly hydrated: Promise<Hydration>;
  /** How far reading and writing are. */
  readonly status: PersistenceStatus;
  /** Why it is blocked or failing, as it was told to `onRefused`. */
  readonly refusal: SnapshotRefusal | undefined;
  /** Writes what is yet to be, and resolves with whether all is saved. Never rejects. */
  flush(): Promise<boolean>;
  /**
   * Removes the record, here and for other pages that hear of it. The states stay, and the next action writes
   * another. After a logout call `store.bridge.log.forget()` first: until then the log holds what the reset has
   * removed, and would write it again. Never rejects.
   */
  clear(): Promise<void>;
  /** Flushes and ends. */
  stop(): Promise<void>;
}

const KEY = '@log';

/**
 * Keeps the converging slices of a store in a storage: when all tabs were closed, the next one begins with what
 * they showed. Call it in the task in which the store is joined. The slices are `loading` until the record was read;
 * tabs that are open tell more than it.
 *
 * A storage is a way between tabs of its own: what a tab stores while its bridge is off, others that keep their log in the
 * same storage take from there. Where nothing may leave a tab, do not store its log.
 *
 * A record holds the states with the actions that are kept, the tentative ones as well. It is written at most
 * once in `saveEvery`, and when the page is hidden or goes. It takes the place only of one that tells less: with
 * one that tells more, of a page that has gone, the log goes on. Nothing is written while the log holds an action
 * whose contract allows credentials, or the record a state that looks like holding some. What cannot be used
 * (broken, of another version, against the contract) is told to
 * `onRefused` and ignored, and stays as it is until `clear()`.
 *
 * @throws EngineError for a contract that is wrong, IsthmusError `protocol` for a store without a bridge, or
 * of an older release of this package, whose stores do not converge.
 *
 * @example
 * ```ts
 * import { defineSlice, joinSharedStore } from 'isthmus';
 * import { payload, push } from 'isthmus/program';
 * import { indexedDbAdapter, persistLog } from 'isthmus/storage';
 *
 * const cart = defineSlice({
 *   name: 'cart',
 *   converge: true,
 *   initialState: { items: [] as string[] },
 *   reducers: { add: [push('/items', payload())] },
 *   contract: { 'cart/add': { payload: { type: 'string' } } },
 * });
 * const { store } = joinSharedStore({ app: 'cart', slices: [cart] });
 * const kept = persistLog({
 *   store,
 *   storage: indexedDbAdapter(),
 *   contract: { cart: { state: { type: 'object', required: ['items'] } } },
 * });
 * await store.whenReady('cart');
 *
 * export async function logOut() {
 *   store.bridge.log.forget();
 *   await kept.clear();
 * }
 * ```
 */
export function persistLog(options: PersistLogOptions): LogPersistence {
  const { store, storage, slices, contract = {}, saveEvery = 1000, timeout = 5000 } = options;
  const port = portWithLog(store);
  const keys = slices?.map((slice) => (typeof slice === 'string' ? slice : keyOf(slice)));
  const gate = new LogGate(port, keys, contract);
  const keeping = new Keeping({
    kept: new KeptLog({ port, gate, release: hold(store, port) }),
    ...{ key: KEY, timeout, every: saveEvery },
    place: new Place(storage, options.name ?? `isthmus/${store.name}/${KEY}`, timeout, gate.ready),
    onRefused: options.onRefused ?? warn,
  });
  return persistenceOf(keeping, {});
}

/** The slices are loading until what this returns is called, those too that nobody else could give a state. */
function hold(store: PersistedStore, port: LogPort): () => void {
  const release = port.holdLog();
  const keys = port.convergingKeys().filter((key) => store.status(key) === 'ready');
  for (const key of keys) store.markLoading(key);
  return () => {
    release();
    for (const key of keys) store.markReady(key);
  };
}

function portWithLog(store: PersistedStore): LogPort {
  const port = portOf(store);
  if (port !== undefined && 'holdLog' in port) return port as unknown as LogPort;
  const why =
    port === undefined
      ? 'it has no bridge, so that nothing converges: give persistLog a store of joinSharedStore or createIsolatedStore'
      : 'an older release of isthmus came first on this page, whose stores do not converge: update it, or share isthmus as a singleton';
  throw new IsthmusError('protocol', `the log of '${store.name}' cannot be kept: ${why}`);
}

function warn({ direction, reason, message }: SnapshotRefusal): void {
  const what =
    direction === 'read'
      ? 'the stored log is not used, and stays until it can be read or clear() removes it: nothing is saved meanwhile'
      : 'the log was not written';
  console.warn(`isthmus: ${what}: ${message} (${reason}).`);
}
