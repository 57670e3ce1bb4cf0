// What the engine's calls about messages return: the same names, in the same order, as in
// bindings/crossing/verdicts.h, which tells what stands in each answer.

/** Whether an action leaves. */
export const OUTBOUND = { notMarked: 0, post: 1, refused: 2, postBytes: 3 } as const;

/** What became of a message. */
export const INBOUND = {
  dropped: 0,
  accepted: 1,
  notRead: 2,
  applied: 3,
  passedOver: 4,
  parked: 5,
} as const;

/** What became of a message that waited for a slice. */
export const PARKED = { dropped: 0, accepted: 1, none: 2 } as const;

/** Whether a payload without an envelope passes. */
export const PAYLOAD = { refused: 0, passed: 1 } as const;
