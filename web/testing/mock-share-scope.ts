import { firstCopy, PROTOCOL } from '../page/realm.js';

/** One version of a shared module, as webpack lists it in a share scope. */
export interface Share {
  /** Resolves with a factory; of an eager module it is there at once. */
  readonly get: () => Promise<() => unknown> | (() => unknown);
  /** The build that brought it. */
  readonly from: string;
  /** Whether it was loaded with its build. */
  readonly eager: boolean;
  /** Set by webpack on the version that somebody uses already. */
  loaded?: 1;
}

/** Shared modules by request, and by version. */
export type ShareScope = Record<string, Record<string, Share>>;

/** A shared module with the facts that webpack knows of it. */
export interface SharedModule {
  /** The version that is offered. */
  readonly version: string;
  /** Gives the module. */
  readonly get: FederatedModule;
  /** The build that brings it; that of the code under test by default. */
  readonly from?: string;
  /** Whether it is loaded with its build; false by default. */
  readonly eager?: boolean;
  /** Whether somebody uses it already; not by default. */
  readonly loaded?: boolean;
}

/** The scope that a build's modules make, under each version the way to get it. */
export function shareScope(from: string, shared: Readonly<Record<string, object>>): ShareScope {
  return Object.fromEntries(
    Object.entries(shared).map(([request, given]) => {
      const versions = (Array.isArray(given) ? given : [given]) as object[];
      return [request, Object.fromEntries(versions.map((one) => share(request, from, one)))];
    }),
  );
}

function share(request: string, name: string, given: object): [version: string, Share] {
  const described = isDescribed(given) ? given : describe(request, given);
  const { version, from = name, eager = false, loaded = false } = described;
  const load = async () => {
    const module = await described.get();
    return () => module;
  };
  const get = eager ? () => described.get : load;
  return [version, { get, from, eager, ...(loaded && { loaded: 1 as const }) }];
}

/** A module's namespace may well export a `version`, as React's does. */
function isDescribed(given: object): given is SharedModule {
  const { version, get } = given as Partial<SharedModule>;
  return typeof version === 'string' && typeof get === 'function';
}

function describe(request: string, module: object): SharedModule {
  const { version } = module as { version?: unknown };
  const inUse = /^isthmus(\/|$)/.test(request) ? firstCopy(PROTOCOL)?.version : undefined;
  const known = inUse ?? '0.0.0';
  return {
    version: typeof version === 'string' ? version : known,
    get: () => module,
    loaded: true,
  };
}

/** Gives a module, or a promise of it. */
export type FederatedModule = () => unknown;
