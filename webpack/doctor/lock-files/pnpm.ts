import { parse } from 'yaml';
import { installed, type Installed, type Project } from './installed.js';

type Dependencies = Readonly<Record<string, string | { readonly version?: string }>>;

interface Importer {
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
}

interface PnpmLock extends Importer {
  /** By the folder of the workspace; a repository without workspaces may have none. */
  readonly importers?: Readonly<Record<string, Importer>>;
  readonly packages?: Readonly<Record<string, unknown>>;
}

// `/redux/4.2.1`, `/react-redux/8.0.0_react@18.2.0`, `/redux@5.0.1`, `react-redux@9.1.0(react@18.2.0)`
const PACKAGE = /^\/?((?:@[^/]+\/)?[^/@]+)[@/]([^(_]+)/;

/** pnpm-lock.yaml, lockfileVersion 5 to 9. */
export function readPnpmLock(text: string, { workspace }: Project): Installed {
  const lock = (parse(text) ?? {}) as PnpmLock;
  const importer = lock.importers?.[workspace || '.'] ?? (workspace === '' ? lock : {});
  const { dependencies, devDependencies, optionalDependencies } = importer;
  const own = { ...optionalDependencies, ...devDependencies, ...dependencies };
  return installed(
    Object.entries(own).map(([name, dependency]) => [name, versionOf(dependency)]),
    Object.keys(lock.packages ?? {}).map((key) => {
      const [, name = '', version] = PACKAGE.exec(key) ?? [];
      return [name, version] as const;
    }),
  );
}

/** Without the peers that it was resolved with. */
function versionOf(dependency: Dependencies[string]): string | undefined {
  const version = typeof dependency === 'string' ? dependency : dependency.version;
  return version?.replace(/[(_].*$/, '');
}
