import type { BridgeCounters } from '../api/bridge.js';

/** What a bridge has counted that has not seen anything yet. */
export const NOTHING_COUNTED: BridgeCounters = {
  sent: 0,
  accepted: 0,
  limited: 0,
  parked: 0,
  discarded: 0,
  dropped: {},
  refused: {},
  byType: {},
};
