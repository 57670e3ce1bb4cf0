import type { Encoder } from './codec/encoder.js';
import type { Views } from './views/views.js';

// The grammar stands in bindings/states.h.
const INITIAL = 0;
const NODE = 1;
const PLAIN = 2;

/** Writes a state of a slice; the initial one where it is undefined. */
export type StateWriter = (encoder: Encoder, state: unknown) => void;

/** A view as its node. */
export function byNode(views: Views): StateWriter {
  return (encoder, state) => {
    const node = views.idOf(state);
    if (node === undefined) asData(encoder, state);
    else encoder.varint(NODE).varint(node);
  };
}

export const asData: StateWriter = (encoder, state) => {
  if (state === undefined) encoder.varint(INITIAL);
  else encoder.varint(PLAIN).value(state);
};
