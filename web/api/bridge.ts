import type { Action } from 'redux';

import type { LogGap, StoreLogView } from './log.js';

/**
 * Why the bridge dropped a message or kept an action at home. `type` is one that no contract lists. `absent`
 * is one that would be listed if its slice or app were here: it was, it is expected, or it is an event of a slice that was
 * never here and comes from a store whose other messages were accepted. Neither is applied.
 */
export type DropReason =
  | 'undecodable'
  | 'too-large'
  | 'protocol'
  | 'echo'
  | 'duplicate'
  | 'off'
  | 'type'
  | 'absent'
  | 'sender'
  | 'version'
  | 'schema'
  | 'secret'
  | 'stale'
  | 'clock'
  | 'reducer';

/**
 * What is told of a dropped message: never its payload, which may be a secret, or not what its type says. Payloads are
 * told, with their types, of what has crossed: {@link StoreBridge.onCross}.
 */
export interface Drop {
  /** Whether it came in or was to go out. */
  readonly direction: 'in' | 'out';
  /** Why it was not applied, or stayed at home. */
  readonly reason: DropReason;
  /** The action's type, where it is known. */
  readonly type?: string;
  /** A sentence that says what was wrong, without anything of the payload. */
  readonly message: string;
}

/**
 * Messages that never came: numbers of a sender that were passed over, also those before the first that is
 * heard of it (each store counts from 1, so a tab that opens later lacks what was sent before, and is told
 * once for each sender; one that was forgotten, see the limit `senders`, is told anew), messages that found no room
 * while others waited to be applied, or messages that waited for a slice in vain. State that depends on
 * every single one is to be fetched anew.
 */
export type Gap =
  | {
      readonly reason: 'sequence';
      /** Which store sent them: its id on the channel. */
      readonly sender: string;
      /** The first and the last of its numbers among which one is missing. */
      readonly from: number;
      readonly to: number;
    }
  | { readonly reason: 'overflow'; readonly messages: number }
  | {
      /** Messages that waited for an expected slice were discarded, all of them. */
      readonly reason: 'parked';
      readonly slice: string;
      readonly messages: number;
      /** They exceeded a limit, waited too long, or the last app that expected the slice left. */
      readonly cause: 'overflow' | 'expired' | 'left';
    }
  | LogGap;

/** Bounds on what a bridge takes in and remembers. */
export interface BridgeLimits {
  /** The most bytes of one message in its binary form; 256 KiB by default. What exceeds it is dropped as `too-large`. */
  readonly bytes?: number;
  /** Nested arrays and objects in a message; 64 by default. */
  readonly depth?: number;
  /** Array elements and object members in a message, in all; 50,000 by default. */
  readonly entries?: number;
  /** Senders that are remembered; 256 by default. */
  readonly senders?: number;
  /** Latest numbers of a sender by which duplicates are told; 1024 by default. */
  readonly window?: number;
  /** Action types without a contract that get counters of their own; 256 by default. */
  readonly types?: number;
  /** Bad messages of one sender in a second, after which its messages are not read; 256 by default. */
  readonly rejects?: number;
  /** Messages that wait while a task has enough to do; 4096 by default. */
  readonly queue?: number;
  /** Bytes, in their binary form, of the messages that wait for one expected slice; 1 MiB by default. */
  readonly parkBytes?: number;
  /** How many messages may wait for one expected slice; 1024 by default. */
  readonly parkMessages?: number;
  /** Milliseconds that a message may wait for an expected slice; 60,000 by default. */
  readonly parkMs?: number;
  /**
   * Bytes of all the values that the native reducers of one action make, and those that casters make of
   * one message; about 128 MiB by default. What exceeds it is `too-large`.
   */
  readonly actionBytes?: number;
  /**
   * Evaluated expressions, visited elements and compared parts, likewise; 50,000,000 by default, which
   * take some seconds.
   */
  readonly actionSteps?: number;
}

/** An action that crossed. */
export interface Crossing<Crossed extends Action = Action> {
  /** Whether it came in or went out. */
  readonly direction: 'in' | 'out';
  /** The action, as it was dispatched here. */
  readonly action: Crossed;
}

/** What tells the actions of one type from others, as action creators do. */
export interface Matcher<Matched extends Action> {
  readonly match: (action: unknown) => action is Matched;
}

/** What the bridge has counted since the store was made. */
export interface BridgeCounters {
  /** How many messages were posted. */
  readonly sent: number;
  /** How many messages were applied. */
  readonly accepted: number;
  /** Inbound messages that were not read, since their sender had sent too many bad ones. */
  readonly limited: number;
  /** Inbound messages that had to wait for an expected slice. When applied, they are `accepted`, too. */
  readonly parked: number;
  /** How many of the parked messages were thrown away before their slice came; `onGap` told so. */
  readonly discarded: number;
  /** Inbound messages that were dropped. */
  readonly dropped: Partial<Record<DropReason, number>>;
  /** Outbound actions that stayed at home. */
  readonly refused: Partial<Record<DropReason, number>>;
  /** Both, by action type. */
  readonly byType: Record<string, Partial<Record<DropReason, number>>>;
}

/** The store's side of the bridge. */
export interface StoreBridge {
  /** Whether messages are sent and applied; true by default. */
  readonly enabled: boolean;
  /** Pauses or resumes crossing; local state goes on. */
  setEnabled(on: boolean): void;
  /** What was sent, accepted and dropped so far. */
  counters(): BridgeCounters;
  /** Calls the listener for each action that is dropped; returns a function that ends it. */
  onDrop(listener: (drop: Drop) => void): () => void;
  /** Calls the listener when messages are known to be missing; each gap is told once. */
  onGap(listener: (gap: Gap) => void): () => void;
  /** Calls the listener when an action of this creator has crossed, with the types that the creator knows. */
  onCross<Crossed extends Action>(
    creator: Matcher<Crossed>,
    listener: (crossing: Crossing<Crossed>) => void,
  ): () => void;
  /** Calls the listener when any action has crossed. */
  onCross(listener: (crossing: Crossing) => void): () => void;
  /** Where slices converge: the actions of all tabs in one order. */
  readonly log: StoreLogView;
}
