import { posix } from 'node:path';
import type { Contract } from 'isthmus';
import type { ExposedModules, ModuleFederationOptions } from './options.js';
import { packageNameIn, packageOf } from './paths.js';
import { ownVersion, type SharedState } from './shared-state.js';

/** Where a build writes {@link IsthmusManifest}, beside its remote's entry. */
export const MANIFEST_FILE = 'isthmus-manifest.json';

/** What a build says of itself in isthmus-manifest.json, for `isthmus doctor` and other tools. */
export interface IsthmusManifest {
  /** The version of the manifest's shape. */
  readonly manifestVersion: 1;
  /** The name of the build. */
  readonly name: string;
  /** The version of the package with which it was built. */
  readonly isthmus: string;
  /** Such as `webpack 5.112.2`. */
  readonly bundler: string;
  /** By package, the version that the build brings of what it shares and imports. */
  readonly versions: Readonly<Record<string, string>>;
  /** The shared block, by request. */
  readonly shared: Readonly<Record<string, ManifestShare>>;
  /** The names of the exposed modules. */
  readonly exposes: readonly string[];
  /** The names of the remotes. */
  readonly remotes: readonly string[];
  /**
   * The address of engine.wasm, relative to the manifest unless the build names its public path. Left out where the
   * build brings no isthmus, and by releases up to 0.1.0.
   */
  readonly engine?: string;
  /** The slices that the modules of `slices` export. */
  readonly slices: readonly ManifestSlice[];
  /** The contracts of these slices, by action type. */
  readonly contracts: Readonly<Record<string, Contract>>;
  /** Why there are no slices. */
  readonly note?: string;
}

/** How a build shares one package. */
export interface ManifestShare {
  /** Whether a page may have only one. */
  readonly singleton: boolean;
  /** Whether another version is refused. */
  readonly strictVersion: boolean;
  /** Left out when neither the block nor the package.json of the app names a range. */
  readonly requiredVersion?: string | false;
  /** Whether it is loaded with its build. */
  readonly eager: boolean;
}

/** A slice of a build; `native` ones were made by `defineSlice`. */
export interface ManifestSlice {
  /** The key in the state. */
  readonly key: string;
  /** The version of the state's shape. */
  readonly schemaVersion: number;
  /** Whether the engine holds its state. */
  readonly native: boolean;
}

/** What the option `slices` brought. */
export type DescribedSlices = Pick<IsthmusManifest, 'slices' | 'contracts'>;

export interface DescribedBuild extends Pick<ModuleFederationOptions, 'exposes' | 'remotes'> {
  readonly name: string;
  readonly context: string;
  readonly bundler: string;
  readonly shared: SharedState;
  readonly versions: Readonly<Record<string, string>>;
  /** As {@link IsthmusManifest.engine}. */
  readonly engine: string | undefined;
  readonly described: DescribedSlices | undefined;
}

const NOTE =
  'No slices are named. List the modules that define them in the option `slices` of the plugin.';

export function manifestOf(build: DescribedBuild): IsthmusManifest {
  const { name, bundler, engine, described, versions } = build;
  return {
    manifestVersion: 1,
    ...{ name, isthmus: ownVersion(), bundler, versions },
    shared: sharesOf(build),
    exposes: namesOf(build.exposes),
    remotes: namesOf(build.remotes),
    ...(engine !== undefined && { engine }),
    slices: described?.slices ?? [],
    contracts: described?.contracts ?? {},
    ...(described === undefined && { note: NOTE }),
  };
}

/** The address of a file of a build, as its manifest tells it: below `base`, or else relative to the manifest. */
export function addressFrom(manifestFile: string, file: string, base: string): string {
  const isRelative = base === '' || base === './';
  return isRelative ? posix.relative(posix.dirname(manifestFile), file) : `${base}${file}`;
}

function sharesOf({ shared, context }: DescribedBuild): IsthmusManifest['shared'] {
  const ranges = rangesIn(context);
  return Object.fromEntries(
    Object.entries(shared).map(([request, share]) => {
      const requiredVersion = share.requiredVersion ?? ranges[packageNameIn(request)];
      const { singleton = false, strictVersion = false, eager = false } = share;
      const range = requiredVersion !== undefined && { requiredVersion };
      return [request, { singleton, strictVersion, ...range, eager }];
    }),
  );
}

/** By package, the range that the app's package.json asks for: what bundlers use by default. */
function rangesIn(context: string): Readonly<Record<string, string>> {
  const { manifest = {} } = packageOf(context) ?? {};
  const kinds = ['devDependencies', 'peerDependencies', 'dependencies'] as const;
  return Object.assign({}, ...kinds.map((kind) => manifest[kind] ?? {}));
}

function namesOf(modules: ExposedModules | ModuleFederationOptions['remotes'] = []): string[] {
  return Array.isArray(modules) ? modules.flatMap(String) : Object.keys(modules);
}
