// What the engine's numbers say of a message or an action, as in bindings/verdicts.h; a test compares them.

export const OUTBOUND = { notMarked: 0, post: 1, refused: 2, postBytes: 3 } as const;

export const INBOUND = {
  dropped: 0,
  accepted: 1,
  notRead: 2,
  applied: 3,
  passedOver: 4,
  parked: 5,
} as const;

export const PARKED = { dropped: 0, accepted: 1, none: 2 } as const;
