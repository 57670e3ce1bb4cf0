export {
  persistSlice,
  type PersistedStore,
  type Persistence,
  type PersistenceStatus,
  type PersistOptions,
  type SnapshotRefusal,
} from './persist-slice.js';
export type { Hydration } from './restoring.js';
export type { SnapshotContract } from './snapshot-gate.js';
export { indexedDbAdapter } from './indexed-db.js';
export { localStorageAdapter } from './local-storage.js';
export {
  memoryAdapter,
  type ChangeListener,
  type Removal,
  type SnapshotStorage,
} from './storage.js';
