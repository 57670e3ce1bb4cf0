import { createRequire } from 'node:module';

/** How a bundler shares one package: what the federation plugins of all bundlers understand. */
export interface ShareConfig {
  /** Whether it is loaded with the build; false by default. */
  eager?: boolean;
  /** The module to fall back on; false for none. */
  import?: string | false;
  /** The package that the version is read of. */
  packageName?: string;
  /** The range of versions that is taken; false for any. */
  requiredVersion?: string | false;
  /** The key in the share scope; the request by default. */
  shareKey?: string;
  /** The name of the share scope; `default` by default. */
  shareScope?: string;
  /** Whether a page may have only one. */
  singleton?: boolean;
  /** Whether another version is refused. */
  strictVersion?: boolean;
  /** The version that is offered; that of the package by default. */
  version?: string | false;
}

/** A complete `shared` block: request → how it is shared. */
export type SharedState = Record<string, ShareConfig>;

/** Changes to the block: a version range, settings to merge in, or `false` to leave a share out. */
export type ShareOverrides = Record<string, ShareConfig | string | false>;

/** The entries of the package that have state, and so must be one on a page. */
export const OWN_REQUESTS: readonly string[] = [
  'isthmus',
  'isthmus/inline',
  'isthmus/react',
  'isthmus/redux',
];

// The subpaths are shared as well: react-dom/client refuses a react of another version, and elements
// made by an older jsx-runtime are refused by a newer react-dom.
const PEER_REQUESTS: readonly string[] = [
  'react',
  'react/jsx-runtime',
  'react-dom',
  'react-dom/client',
  'redux',
  '@reduxjs/toolkit',
  'react-redux',
];

/**
 * The `shared` block that every host and every remote needs: isthmus, React and Redux as singletons.
 *
 * The range of isthmus is that of the installed package; the other ranges are left to webpack, which
 * reads them from the package.json of whoever imports them. Webpack shares only what a build imports,
 * so a package that is not installed costs nothing.
 *
 * @example
 * ```ts
 * import { sharedState } from 'isthmus/webpack';
 *
 * export const shared = sharedState({ react: '^19.0.0', 'react-redux': false });
 * ```
 */
export function sharedState(overrides: ShareOverrides = {}): SharedState {
  if (!isPlainObject(overrides)) {
    throw new TypeError('sharedState: overrides must be an object of { request: settings }.');
  }
  const shared = new Map(Object.entries(defaultShares()));
  for (const [request, override] of Object.entries(overrides)) {
    if (override === false) shared.delete(request);
    else shared.set(request, { ...shared.get(request), ...shareConfig(request, override) });
  }
  const problem = weakestOf(Object.fromEntries(shared));
  if (problem !== undefined) throw new TypeError(`sharedState: ${problem}`);
  return Object.fromEntries(shared);
}

function defaultShares(): SharedState {
  const requiredVersion = `^${ownVersion()}`;
  const share: ShareConfig = { singleton: true, strictVersion: false };
  return Object.fromEntries([
    ...OWN_REQUESTS.map((request) => [request, { ...share, requiredVersion }]),
    ...PEER_REQUESTS.map((request) => [request, { ...share }]),
  ]);
}

function shareConfig(request: string, override: unknown): ShareConfig {
  if (typeof override === 'string') return { requiredVersion: override };
  if (isPlainObject(override)) return override;
  throw new TypeError(
    `sharedState: '${request}' must be a version range, an object of share settings or false.`,
  );
}

/** What is wrong with how a block shares isthmus, with the cure; undefined when it is fine. */
export function weakestOf(shared: SharedState): string | undefined {
  for (const request of OWN_REQUESTS) {
    const share = shared[request];
    if (share?.singleton === false) {
      return (
        `'${request}' must stay a singleton, or each app gets a store of its own. ` +
        `Remove 'singleton: false', or use createIsolatedStore() for a store of one app.`
      );
    }
    if (share?.strictVersion === true) {
      return (
        `'${request}' must not be shared with 'strictVersion: true', or an app built with another ` +
        `version takes down the page. Remove it: the page registry tells versions that do not fit.`
      );
    }
  }
  return undefined;
}

/** The version of the package that this plugin came with. */
export function ownVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('isthmus/package.json');
  return (manifest as { version: string }).version;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
