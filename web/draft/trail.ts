/**
 * How a draft was looked at last, which tells what a copy of Immer is about (immer-face.ts):
 *
 *     s    its state was taken      p    its prototype was asked for      e    whether it is extensible
 *
 * Anything else that is done to it ends the trail, and so does any write.
 */
export type Look = 's' | 'p' | 'e';

let watched: object | undefined;
let trail = '';

/** Remembers a look at the draft of `node`, and says what the trail is now. */
export function follow(node: object, look: Look): string {
  trail = watched === node ? trail.slice(-12) + look : look;
  watched = node;
  return trail;
}

export function endTrail(): void {
  watched = undefined;
}
