/** Entries of the log were put into another order, or came from another tab. */
export interface Rebase {
  /** The keys of the converging slices that have another state. */
  readonly slices: readonly string[];
  /** How many entries that were shown before were applied anew. */
  readonly moved: number;
  /** The ids of actions of this store that a reducer took, and refuses at their new places. */
  readonly refused: readonly string[];
  /**
   * `order`: an action took its place among those that were shown. `fork`: a longer history replaced settled
   * entries. `snapshot`: another tab gave its state.
   */
  readonly cause: 'order' | 'fork' | 'snapshot';
}

/** What a log could not keep, as `onGap` hears it. */
export interface LogGap {
  /**
   * `lost`: actions of a sender that nobody has any more. `fork`: settled actions that could not be kept when two
   * groups of tabs met. `clock`: the sender's clock is more than an hour ahead, and is not followed.
   */
  readonly reason: 'lost' | 'fork' | 'clock';
  /** The sender whose entries are missing. */
  readonly sender: string;
  /** The number of the first that is missing. */
  readonly from: number;
  /** The number of the last that is missing. */
  readonly to: number;
  /** How many are missing. */
  readonly messages: number;
}

/** A slice had another state here than in the tab that settles; it takes that one's. */
export interface Divergence {
  /** Its key. Most likely its reducer is not a function of state and action alone. */
  readonly slice: string;
  /** The replica that settles, as `inspect().log.peers` names it. */
  readonly peer: string;
  /** How many entries had been settled. */
  readonly place: number;
}

/** Another tab has a slice under the same key, of other reducers or contracts: the two do not agree. */
export interface OtherRelease {
  /** The key. */
  readonly slice: string;
  /** The sender that is of the other release. */
  readonly peer: string;
  /** The fingerprint of the slice here. */
  readonly fingerprint: string;
  /** The fingerprint of the slice there. */
  readonly theirs: string;
}

/** How a store keeps the log of its converging slices. */
export interface LogOptions {
  /** Settled entries that are kept though every tab has them; 128 by default. */
  readonly keep?: number;
  /** Entries that are kept at most; 1024 by default. */
  readonly entries?: number;
  /** Bytes of them, likewise; 1 MiB by default. */
  readonly bytes?: number;
  /** Milliseconds after which an action is settled; 100 by default. */
  readonly settleAfter?: number;
  /** `never`: this store leaves it to others to settle. `auto` by default. */
  readonly settles?: 'auto' | 'never';
  /** False: without Web Locks, as where the tabs of a channel do not share them. */
  readonly locks?: boolean;
}

/** The log of a store's converging slices. */
export interface StoreLogView {
  /** What is kept, the newest first. */
  entries(): readonly LogEntry[];
  /** Resolves when all that was dispatched here so far is settled. */
  settled(): Promise<void>;
  /** Calls the listener when states are played anew; returns a function that ends it. */
  onRebase(listener: (rebase: Rebase) => void): () => void;
  /** Called where a state was found to be another one than that of the tab which settles. */
  onDiverged(listener: (divergence: Divergence) => void): () => void;
  /** Called once for each other fingerprint of a slice that converges here, when a tab with it is heard. */
  onOtherRelease(listener: (other: OtherRelease) => void): () => void;
  /** Settles what it can; all tabs drop what they keep of the past as soon as every one of them has the states of now. */
  forget(): void;
}

/** One action, or one slice's beginning, in the log. */
export interface LogEntry {
  /** The id of the entry. */
  readonly id: string;
  /** The type of its action. */
  readonly type: string;
  /** Milliseconds since 1970, by the clocks of all tabs. */
  readonly at: number;
  /** Its place may still change; is fixed; is fixed, and known to every tab that is there. */
  readonly state: 'tentative' | 'settled' | 'stable';
  /** The keys of the slices whose reducers refuse it at its place. */
  readonly refusedBy?: readonly string[];
}

/** What a store's log is looked at for. Places are counted from the first action ever settled on the channel. */
export interface LogInspection {
  /** The id of this replica: the sender of its messages. */
  readonly id: string;
  /** How many entries are settled. */
  readonly head: number;
  /** How many of these are not kept any more. */
  readonly base: number;
  /** The bytes of the entries that are kept. */
  readonly bytes: number;
  /** How many entries are not settled yet. */
  readonly tentative: number;
  /** Whether this replica settles. */
  readonly keeper: boolean;
  /** Whether it still asks what the others have. */
  readonly joining: boolean;
  /** The other replicas that were heard. */
  readonly peers: readonly {
    readonly id: string;
    readonly head: number;
    readonly heardMsAgo: number;
  }[];
  /** The slices that converge. */
  readonly slices: readonly LogSliceInspection[];
}

/** A converging slice of a {@link LogInspection}. */
export interface LogSliceInspection {
  /** The key in the state. */
  readonly key: string;
  /** The key with the fingerprint of reducers and contracts. */
  readonly name: string;
  /** The entry with which its state began. */
  readonly lineage: string;
  /**
   * `shared`: every tab that is awake has this state. `waiting`: asks for the others' state. `alone`: nobody has
   * given it, since whoever might have it sleeps; it shows what it began with, and what has happened since.
   */
  readonly status: 'shared' | 'waiting' | 'alone';
  /** The names that other tabs' releases of it have in the log. */
  readonly otherReleases: readonly string[];
}
