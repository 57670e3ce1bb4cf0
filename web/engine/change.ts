/** A watch to call, with the value at its path or UNREAD. */
export interface AffectedWatch {
  readonly id: number;
  readonly value: unknown;
}

/** The watches to call. */
export type AffectedWatches = readonly AffectedWatch[];

/** What an action did to a store's native slices. */
export interface NativeChange {
  /** Whether any of them has another state now. */
  readonly moved: boolean;
  readonly watches: AffectedWatches;
}

/** Where the engine applies an action by itself. */
export interface Shortcut {
  /** The engine's number of the store. */
  readonly store: number;
  /** The engine may now change it; `settle` or `cancel` follows, unless the call is cut off. */
  begin(): void;
  /** It has not. */
  cancel(): void;
  /** Tells everyone who listens of what the engine has done. */
  settle(change: NativeChange): void;
}
