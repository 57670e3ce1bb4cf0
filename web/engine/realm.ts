/**
 * The page registry: the one object per JavaScript global that everything page-wide hangs on. Layers
 * above extend {@link Realm} with what is theirs by declaration merging.
 */
export interface Realm {
  protocol: 1;
  /** Every loaded copy of the package; the first one's engine and functions are in use. */
  copies: Copy[];
}

/** One loaded copy of the package. */
export interface Copy {
  readonly version: string;
  /** Where it would load its engine from, which tells whose build brought it. */
  readonly url: string;
}

const REALM = Symbol.for('isthmus');

/** The page registry, created by whichever copy of the package asks first. */
export function realm(): Realm {
  const holder = globalThis as { [REALM]?: Realm };
  return (holder[REALM] ??= { protocol: 1, copies: [] });
}

/** Whether this global belongs to a browser: a page, an iframe or a worker, not a server. */
export function isBrowserRealm(): boolean {
  return 'document' in globalThis || 'WorkerGlobalScope' in globalThis;
}
