import type { Encoder } from './codec/encoder.js';
import type { Views } from './views/views.js';

// The grammar stands in bindings/states.h.
const INITIAL = 0;
const NODE = 1;
const PLAIN = 2;

/** A slice's state: where there are `views`, one of them as its node; the initial one where it is undefined. */
export function writeState(encoder: Encoder, state: unknown, views: Views | undefined): void {
  const node = views?.idOf(state);
  if (node !== undefined) encoder.varint(NODE).varint(node);
  else if (state === undefined) encoder.varint(INITIAL);
  else encoder.varint(PLAIN).value(state);
}
