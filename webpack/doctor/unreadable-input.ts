import { printable } from './printable.js';

/** Something that was to be looked at and cannot be read: neither healthy nor at fault. */
export class UnreadableInput extends Error {
  override readonly name = 'UnreadableInput';

  constructor(place: string, reason: string) {
    super(printable(`${place}: ${reason}`));
  }
}
