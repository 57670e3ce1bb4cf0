export { indexedDbAdapter } from './indexed-db.js';
export { localStorageAdapter } from './local-storage.js';
export type { LogStateContract } from './log-record.js';
export { persistLog, type LogPersistence, type PersistLogOptions } from './persist-log.js';
export { persistSlice, type Persistence, type PersistOptions } from './persist-slice.js';
export {
  type PersistedStore,
  type PersistenceStatus,
  type SnapshotRefusal,
} from './persisted-store.js';
export type { Removal } from './removals.js';
export type { Hydration } from './restoring.js';
export type { SnapshotContract } from './snapshot.js';
export { memoryAdapter, type ChangeListener, type SnapshotStorage } from './storage.js';
