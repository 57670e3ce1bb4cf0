import { createRequire } from 'node:module';
import semver from 'semver';
import { z } from 'zod';
import type { Finding } from '../finding.js';
import type { Build, Repo } from '../inputs.js';
import { WATCHED } from '../lock-files/installed.js';
import { ADD } from './package-managers.js';

const ownPackage = z.object({ peerDependencies: z.record(z.string(), z.string()) });

/** By package, the versions that isthmus works with. */
const PEERS = ownPackage.parse(
  createRequire(import.meta.url)('isthmus/package.json'),
).peerDependencies;

/** What is installed, or in a build, and older than what isthmus works with. */
export function checkPeers(repos: readonly Repo[], builds: readonly Build[]): Finding[] {
  return [
    ...repos.flatMap(({ name: app, file, manager, installed }) => {
      const add = (name: string) => `${ADD[manager]} ${name}@^${newest(name, repos)}`;
      return outdated(installed.own).map((each) => finding({ app, file }, each, add));
    }),
    ...builds.flatMap(({ name: app, file, manifest }) => {
      const update = (name: string) => `build it with ${name} ${oldest(name)} or later`;
      const versions = new Map(Object.entries(manifest.versions));
      return outdated(versions).map((each) => finding({ app, file }, each, update));
    }),
  ];
}

/** Whether isthmus works with a version of a package, or with a later one at least. */
export function isOutdated(name: string, version: string): boolean {
  const range = PEERS[name];
  return range !== undefined && semver.valid(version) !== null && semver.ltr(version, range);
}

interface Outdated {
  readonly name: string;
  readonly version: string;
}

function outdated(versions: ReadonlyMap<string, string>): Outdated[] {
  const used = WATCHED.map((name) => ({ name, version: versions.get(name) ?? '' }));
  return used.filter(({ name, version }) => isOutdated(name, version));
}

function finding(
  where: Pick<Finding, 'app' | 'file'>,
  { name, version }: Outdated,
  cure: (name: string) => string,
): Finding {
  const message = `${name} ${version} is older than isthmus needs: ${PEERS[name]!}`;
  return { severity: 'error', rule: 'versions', ...where, message, fix: cure(name) };
}

function oldest(name: string): string {
  return semver.minVersion(PEERS[name]!)!.version;
}

/** What most likely runs on the page: the newest version that an app has. */
function newest(name: string, repos: readonly Repo[]): string {
  const versions = repos.map(({ installed }) => installed.own.get(name) ?? '');
  const sound = versions.filter((each) => semver.valid(each) !== null && !isOutdated(name, each));
  return semver.rsort([...sound, oldest(name)])[0]!;
}
