import { pointerTo } from '../../base/path.js';

/** Why a value has no binary form. `where` is a JSON Pointer into the value. */
export class EncodeError extends Error {
  override name = 'EncodeError';
  readonly kind: 'undecodable' | 'too-large';
  where = '';
  /** Whether it is for `undefined`, which says which keys were left without a value. */
  readonly isUndefined: boolean;

  constructor(kind: 'undecodable' | 'too-large', message: string, isUndefined = false) {
    super(message);
    this.kind = kind;
    this.isUndefined = isUndefined;
  }

  below(key: string | number): this {
    this.where = pointerTo([key]) + this.where;
    return this;
  }
}
