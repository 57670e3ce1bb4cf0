import type { AffectedWatches } from '../../engine/change.js';

/** What a change touched: engine watches by number, and the JS slices whose state is another one. */
export interface Change {
  readonly watches: AffectedWatches;
  readonly jsKeys: readonly string[];
}
