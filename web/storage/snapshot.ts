import type { Contract, JsonSchema } from 'isthmus';

/** What is stored. No two have the same version and time. */
export interface Snapshot {
  readonly schemaVersion: number;
  /** When the state was last changed by the page that saved it, in milliseconds since 1970. */
  readonly savedAt: number;
  readonly state: unknown;
  /** What the state holds of other pages' messages, as the port of the store tells it. */
  readonly heard?: unknown;
}

export function isSnapshot(stored: unknown): stored is Snapshot {
  return (
    typeof stored === 'object' &&
    stored !== null &&
    Object.hasOwn(stored, 'schemaVersion') &&
    Object.hasOwn(stored, 'state')
  );
}

/** When it was saved; 0 for what does not tell. */
export function timeOf(snapshot: unknown): number {
  return isSnapshot(snapshot) && typeof snapshot.savedAt === 'number' ? snapshot.savedAt : 0;
}

/** What a slice's snapshots look like: the rules of a {@link Contract}, for a state. */
export interface SnapshotContract extends Pick<
  Contract,
  'never' | 'upcast' | 'credentials' | 'assertFormats'
> {
  /** The version of the state's shape; the slice's own by default. What no `upcast` carries to it is refused. */
  readonly schemaVersion?: number;
  /** What the state must look like, without the `never` paths. */
  readonly state?: JsonSchema;
}
