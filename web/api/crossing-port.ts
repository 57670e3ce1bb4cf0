import type { Action } from 'redux';

import type { ContractDescription } from './contract.js';
import type { ExpectedSliceInspection } from './inspection.js';
import type { LogInspection } from './log.js';

/**
 * What a store tells whoever carries its actions elsewhere. The store knows nothing about channels; the
 * bridge implements this.
 */
export interface CrossingPort {
  /** Before the reducers run. Slots of one outermost dispatch are posted in the order reserved. */
  reserve(action: Action): CrossingSlot | undefined;
  /** Counted up before a dispatch and down after it, its listeners included. */
  readonly nesting: Nesting;
  /** The outermost dispatch has settled: the slots that are reserved go out. */
  settled(): void;
}

/** Dispatches within one another. A number, since the stack may end in any call, one that counts down too. */
export interface Nesting {
  depth: number;
  /** Those that are reserved. */
  readonly slots: readonly unknown[];
}

export interface CrossingSlot {
  /** Whether the action leaves or has come. */
  readonly direction: 'in' | 'out';
  /** The reducers took the action. Without this call nothing leaves. `message` is what leaves, where that is known. */
  fulfil(message?: unknown): void;
}

/** What a store's port holds at this moment. */
export interface PortHoldings {
  /** Where slices converge. */
  readonly log?: LogInspection | undefined;
  readonly channels: readonly string[];
  readonly contracts: readonly Pick<ContractDescription, 'type' | 'owners'>[];
  /** Of apps that wait for slices. */
  readonly expected: readonly ExpectedSliceInspection[];
}

/** What is known above a store of who uses it. */
export interface StoreHoldings extends PortHoldings {
  /** How often each app has joined. */
  readonly memberships: ReadonlyMap<string, number>;
}
