/** All members of a large object, in the order of its keys. */
export interface Members {
  readonly keys: readonly string[];
  readonly values: readonly unknown[];
}

/** A large object: its id, and where it lies in the instance's memory. */
export interface MapNode {
  readonly id: number;
  readonly place: number;
}
