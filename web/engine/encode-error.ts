/** Why a value has no binary form. `where` is a JSON Pointer into the value. */
export class EncodeError extends Error {
  override name = 'EncodeError';
  readonly kind: 'undecodable' | 'too-large';
  where = '';

  constructor(kind: 'undecodable' | 'too-large', message: string) {
    super(message);
    this.kind = kind;
  }

  below(key: string | number): this {
    this.where = `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}${this.where}`;
    return this;
  }
}
