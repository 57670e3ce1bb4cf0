import type { DropReason, SharedStore } from 'isthmus';

/** What {@link persistSlice} needs of a store; every store of this package has it. */
export type PersistedStore = Pick<
  SharedStore,
  'name' | 'read' | 'watch' | 'status' | 'onStatus' | 'markLoading' | 'markReady' | 'hydrate'
>;

/** What is told of a snapshot that was refused: nothing of what it holds. */
export interface SnapshotRefusal {
  /** The key of the slice. */
  readonly key: string;
  /** Whether it was read or to be written. */
  readonly direction: 'read' | 'write';
  /** The reason, as that of a message on the bridge; `storage` is what the storage itself threw. */
  readonly reason: DropReason | 'storage';
  /** A sentence that says what was wrong, without anything of the state. */
  readonly message: string;
}

/**
 * How it stands with a slice that is kept: its snapshot is being read; changes are saved; they stay in
 * memory, since there is a snapshot that could not be read and nothing is written over it; the last one
 * could not be written, and is tried again; or it has ended.
 */
export type PersistenceStatus = 'loading' | 'saving' | 'blocked' | 'failing' | 'stopped';
