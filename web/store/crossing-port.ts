import type { Action } from 'redux';

/**
 * What a store tells whoever carries its actions elsewhere. The store knows nothing about channels; the
 * bridge implements this.
 */
export interface CrossingPort {
  /** Before the reducers run. Slots of one outermost dispatch are posted in the order reserved. */
  reserve(action: Action): CrossingSlot | undefined;
  /** A dispatch begins; it may be nested in another one. */
  enter(): void;
  /** A dispatch has settled, its listeners included. When it is the outermost, the slots go out. */
  leave(): void;
}

export interface CrossingSlot {
  /** The reducers took the action. Without this call nothing leaves. */
  fulfil(): void;
}
