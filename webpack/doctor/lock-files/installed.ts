import semver from 'semver';

export type PackageManager = 'npm' | 'yarn' | 'pnpm';

/** The packages of which a page can use one copy only. */
export const WATCHED: readonly string[] = [
  'isthmus',
  'react',
  'react-dom',
  'react-redux',
  'redux',
  '@reduxjs/toolkit',
];

/** The watched packages in a lock file. */
export interface Installed {
  /** What the project itself imports. */
  readonly own: ReadonlyMap<string, string>;
  /** Every version, whoever wants it. */
  readonly all: ReadonlyMap<string, readonly string[]>;
}

/** The project that is asked about, which may be a workspace of what the lock file describes. */
export interface Project {
  /** Its folder seen from the lock file's one; '' where they are the same. */
  readonly workspace: string;
  /** Version ranges by package, as its package.json has them. */
  readonly ranges: Readonly<Record<string, string>>;
}

/** Keeps what is watched and has a version: links and patches to local folders have none. */
export function installed(
  own: Iterable<readonly [string, string | undefined]>,
  all: Iterable<readonly [string, string | undefined]>,
): Installed {
  const versions = new Map<string, string[]>();
  for (const [name, version] of all) {
    if (!isKnown(name, version)) continue;
    const known = versions.get(name) ?? [];
    if (!known.includes(version!)) versions.set(name, [...known, version!].sort(semver.compare));
  }
  const owned = [...own].filter(([name, version]) => isKnown(name, version));
  return { own: new Map(owned as [string, string][]), all: versions };
}

function isKnown(name: string, version: string | undefined): boolean {
  return WATCHED.includes(name) && semver.valid(version) !== null;
}
