import type { Action } from 'redux';

/**
 * What a store tells whoever carries its actions elsewhere. The store knows nothing about channels; the
 * bridge implements this.
 */
export interface CrossingPort {
  /** Before the reducers run. Slots of one outermost dispatch are posted in the order reserved. */
  reserve(action: Action): CrossingSlot | undefined;
  /** Counted up before a dispatch and down after it, its listeners included. */
  readonly nesting: Nesting;
  /** The outermost dispatch has settled: the slots go out. */
  settled(): void;
}

/** Dispatches within one another. A number, since the stack may end in any call, one that counts down too. */
export interface Nesting {
  depth: number;
}

export interface CrossingSlot {
  /** The reducers took the action. Without this call nothing leaves. */
  fulfil(): void;
}
