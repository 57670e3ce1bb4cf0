/** What the copies of a page must agree on to share it. A change that breaks it raises this number. */
export const PROTOCOL: number = 1;

/**
 * The page registry: the one object per JavaScript global that every copy of the package finds, of
 * whatever protocol. Its members therefore stay as they are; what may change goes into {@link Realm}.
 */
export interface Registry {
  /** Every loaded copy, in the order of loading. */
  readonly copies: Copy[];
  /** What page-wide things hang on, by protocol. */
  readonly realms: Record<number, Realm>;
  /** Whose engine and stores the page runs: that of the copy which was used first. */
  protocol?: number;
}

/**
 * What the copies of one protocol share; the first one's engine and functions are in use. Layers above
 * extend it with what is theirs by declaration merging.
 */
export interface Realm {
  readonly protocol: number;
}

/** One loaded copy of the package. */
export interface Copy {
  /** The version of the package. */
  readonly version: string;
  /** Copies of one protocol share the page; another one is refused. */
  readonly protocol: number;
  /** The script it came in, which tells whose build brought it; empty where that cannot be known. */
  readonly url: string;
  /**
   * Who offered which isthmus in webpack's share scopes when this copy was evaluated, such as
   * `default: 0.1.0 of host`; absent without a share scope.
   */
  readonly shareScope?: string;
  /** The stack of its evaluation: what imported it. */
  readonly stack: string;
}

const REGISTRY = /* @__PURE__ */ Symbol.for('isthmus');

/** The page registry, created by whichever copy of the package asks first. */
export function registry(): Registry {
  const holder = globalThis as { [REGISTRY]?: Registry };
  return (holder[REGISTRY] ??= { copies: [], realms: {} });
}

/** What this copy shares with the others of its protocol. */
export function realm(): Realm {
  return (registry().realms[PROTOCOL] ??= { protocol: PROTOCOL });
}

/** The copy whose engine and functions those of a protocol use. */
export function firstCopy(protocol: number): Copy | undefined {
  return registry().copies.find((copy) => copy.protocol === protocol);
}

/** Whether this global belongs to a browser: a page, an iframe or a worker, not a server. */
export function isBrowserRealm(): boolean {
  return 'document' in globalThis || 'WorkerGlobalScope' in globalThis;
}
