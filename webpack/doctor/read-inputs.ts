import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';

import { joinInputs, type Inputs } from './inputs.js';
import { packageJson, readRepo } from './lock-files/lock-file.js';
import { parseManifests } from './manifest.js';
import { addressOf, ENTRY, MANIFEST } from './reading/address.js';
import { readBuildsIn } from './reading/builds-in.js';
import { readServed } from './reading/served.js';
import { serverReader } from './reading/server.js';
import { UnreadableInput } from './unreadable-input.js';

/**
 * What all arguments stand for: folders, files and addresses. Told in their order. The first address is taken
 * for the page that is to use the others.
 */
export async function readInputs(places: readonly string[]): Promise<Inputs> {
  const page = places.find(isAddress);
  const reader = serverReader(addressOf(page ?? '')?.origin ?? 'null');
  return joinInputs(
    await Promise.all(
      places.map((place) => (isAddress(place) ? readServed(place, reader) : readLocal(place))),
    ),
  );
}

function isAddress(place: string): boolean {
  return /^https?:/.test(place);
}

async function readLocal(place: string): Promise<Inputs> {
  if (!existsSync(place)) throw new UnreadableInput(place, 'there is no such file or folder');
  if (statSync(place).isDirectory()) return readFolder(place);
  const manifests = parseManifests(readFileSync(place, 'utf8'), place);
  const builds = manifests.map((manifest) => ({ name: manifest.name, file: place, manifest }));
  return joinInputs([{ builds }]);
}

async function readFolder(folder: string): Promise<Inputs> {
  const found = await readBuildsIn(folder);
  const repo = readRepo(resolve(folder), nameOf(folder));
  if (repo !== undefined) return { ...found, repos: [repo] };
  if (found.builds.length + found.bareBuilds.length > 0) return found;
  const reason = `holds neither a lock file (npm, yarn, pnpm) nor an ${MANIFEST} nor a ${ENTRY} with isthmus`;
  throw new UnreadableInput(folder, reason);
}

/** The package's name, or else the folder's. */
function nameOf(folder: string): string {
  const { name } = packageJson(folder);
  return typeof name === 'string' ? name : basename(resolve(folder));
}
