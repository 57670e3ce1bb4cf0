import { isBytes } from '../engine/codec/inert-reads.js';
import { fieldOf } from './message-fields.js';

/**
 * What the peers of a channel can read. Everyone reads envelopes as plain objects. Bytes cost both sides
 * less where they are many, and are sent once all peers that were heard have told that they read them, by sending such
 * or by `binary` in their envelopes: a single one that has not is a reason to stay with objects.
 */
export class Peers {
  #announced = false;
  #silent = false;

  get readBytes(): boolean {
    return this.#announced && !this.#silent;
  }

  heard(message: unknown): void {
    if (this.#silent) return;
    if (isBytes(message) || fieldOf(message, 'binary') === 1) this.#announced = true;
    else if (fieldOf(message, 'isthmus') === 1) this.#silent = true;
  }
}
