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

/** A build without isthmus-manifest.json, of which only the script of its container is known. */
export interface BareBuild {
  readonly name: string;
  /** The script. */
  readonly file: string;
  /** The version of isthmus that it offers to the page, if it offers one. */
  readonly offers: string | undefined;
  /** How isthmus is in it; `unknown` where the scripts that would tell cannot be found. */
  readonly holds: 'nothing' | 'share' | 'copy' | 'unknown';
}

/** What was found where the engine.wasm of a build should be. */
export type EngineFound =
  | { readonly kind: 'wasm' | 'page' | 'other' | 'no-answer' }
  | { readonly kind: 'status'; readonly status: number }
  /** A page of this origin may not read it; what the server allows, if anything. */
  | { readonly kind: 'closed'; readonly origin: string; readonly allowed: string | undefined }
  /** The build brings no file: it looks for one where it was built, has it in a script, or has no address. */
  | { readonly kind: 'in-files' | 'in-script' | 'nowhere' };

export interface EngineFile {
  readonly app: string;
  /** Where it is, or else the script that should say so. */
  readonly file: string;
  readonly found: EngineFound;
}

/** A file that a server was asked for. */
export interface Served {
  readonly app: string;
  readonly url: string;
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether a page was sent in its place. */
  readonly isPage: boolean;
}

/** All that the doctor looks at. */
export interface Inputs {
  readonly repos: readonly Repo[];
  readonly builds: readonly Build[];
  readonly bareBuilds: readonly BareBuild[];
  readonly engines: readonly EngineFile[];
  readonly served: readonly Served[];
}

/** What several inputs hold, in their order. */
export function joinInputs(inputs: readonly Partial<Inputs>[]): Inputs {
  return {
    repos: inputs.flatMap(({ repos = [] }) => repos),
    builds: inputs.flatMap(({ builds = [] }) => builds),
    bareBuilds: inputs.flatMap(({ bareBuilds = [] }) => bareBuilds),
    engines: inputs.flatMap(({ engines = [] }) => engines),
    served: inputs.flatMap(({ served = [] }) => served),
  };
}
