import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import { type Build, type Inputs } from './inputs.js';
import { packageJson, readRepo } from './lock-files/lock-file.js';
import { parseManifests } from './manifest.js';
import { readServed } from './read-served.js';
import { UnreadableInput } from './unreadable-input.js';

export const MANIFEST = 'isthmus-manifest.json';

/** Folders below a repository in which builds are looked for; deeper ones are to be named. */
const DEPTH = 4;

/** What all arguments stand for: folders, files and addresses. Told in their order. */
export async function readInputs(places: readonly string[]): Promise<Inputs> {
  const read = await Promise.all(places.map(readPlace));
  return {
    repos: read.flatMap(({ repos }) => repos),
    builds: read.flatMap(({ builds }) => builds),
    served: read.flatMap(({ served }) => served),
  };
}

async function readPlace(place: string): Promise<Inputs> {
  if (/^https?:/.test(place)) return readServed(place);
  if (!existsSync(place)) throw new UnreadableInput(place, 'there is no such file or folder');
  if (statSync(place).isDirectory()) return readFolder(place);
  return { repos: [], builds: readBuilds(place), served: [] };
}

function readFolder(folder: string): Inputs {
  const builds = findManifests(folder, DEPTH).flatMap(readBuilds);
  const repo = readRepo(resolve(folder), nameOf(folder));
  if (repo !== undefined || builds.length > 0) {
    return { repos: repo === undefined ? [] : [repo], builds, served: [] };
  }
  const reason = `holds neither a lock file (npm, yarn, pnpm) nor an ${MANIFEST}`;
  throw new UnreadableInput(folder, reason);
}

function readBuilds(file: string): Build[] {
  const manifests = parseManifests(readFileSync(file, 'utf8'), file);
  return manifests.map((manifest) => ({ name: manifest.name, file, manifest }));
}

function findManifests(folder: string, depth: number): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = entries.some((entry) => entry.isFile() && entry.name === MANIFEST);
  const inner = entries.filter((entry) => entry.isDirectory() && !isSkipped(entry.name));
  return [
    ...(own ? [join(folder, MANIFEST)] : []),
    ...(depth === 0
      ? []
      : inner.flatMap(({ name }) => findManifests(join(folder, name), depth - 1))),
  ];
}

function isSkipped(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.');
}

/** The package's name, or else the folder's. */
function nameOf(folder: string): string {
  const { name } = packageJson(folder);
  return typeof name === 'string' ? name : basename(resolve(folder));
}
