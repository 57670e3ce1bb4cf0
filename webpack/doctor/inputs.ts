import type { Installed, PackageManager } from './lock-files/installed.js';
import type { BuildManifest } from './manifest.js';

/** A repository, as its lock file describes it. */
export interface Repo {
  readonly name: string;
  readonly file: string;
  readonly manager: PackageManager;
  readonly installed: Installed;
}

/** A build, as its isthmus-manifest.json describes it. */
export interface Build {
  readonly name: string;
  readonly file: string;
  readonly manifest: BuildManifest;
}

/** A file that a server was asked for: its status, or why there was no answer. */
export interface Served {
  readonly app: string;
  readonly url: string;
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** All that the doctor looks at. */
export interface Inputs {
  readonly repos: readonly Repo[];
  readonly builds: readonly Build[];
  readonly served: readonly Served[];
}
