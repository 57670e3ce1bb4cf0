import { installed, WATCHED, type Installed, type Project } from './installed.js';

interface NpmDependency {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, NpmDependency>>;
}

interface NpmLock extends NpmDependency {
  readonly packages?: Readonly<Record<string, { readonly version?: string }>>;
}

const FOLDER = 'node_modules/';

/** package-lock.json or npm-shrinkwrap.json, lockfileVersion 1 to 3. */
export function readNpmLock(text: string, { workspace }: Project): Installed {
  const lock = JSON.parse(text) as NpmLock;
  const places = lock.packages === undefined ? placesOf(lock) : packagesOf(lock.packages);
  const all = [...places].map(([place, version]) => {
    return [place.slice(place.lastIndexOf(FOLDER) + FOLDER.length), version] as const;
  });
  return installed(
    WATCHED.map((name) => [name, nearest(places, workspace, name)]),
    all,
  );
}

function packagesOf(packages: NonNullable<NpmLock['packages']>): Map<string, string> {
  const inFolders = Object.entries(packages).filter(([place]) => place.includes(FOLDER));
  return new Map(inFolders.map(([place, { version }]) => [place, version ?? '']));
}

/** lockfileVersion 1 nests dependencies as their folders are nested. */
function placesOf(lock: NpmDependency, folder = ''): Map<string, string> {
  const places = new Map<string, string>();
  for (const [name, dependency] of Object.entries(lock.dependencies ?? {})) {
    const place = `${folder}${FOLDER}${name}`;
    places.set(place, dependency.version ?? '');
    for (const [inner, version] of placesOf(dependency, `${place}/`)) places.set(inner, version);
  }
  return places;
}

/** The one that Node finds from the project's folder. */
function nearest(
  places: ReadonlyMap<string, string>,
  workspace: string,
  name: string,
): string | undefined {
  const parts = workspace === '' ? [] : workspace.split('/');
  for (let depth = parts.length; depth >= 0; depth--) {
    const folder = [...parts.slice(0, depth), `${FOLDER}${name}`].join('/');
    const version = places.get(folder);
    if (version !== undefined) return version;
  }
  return undefined;
}
