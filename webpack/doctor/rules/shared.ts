import semver from 'semver';
import type { Finding, Severity } from '../finding.js';
import type { Build } from '../inputs.js';
import { WATCHED } from '../lock-files/installed.js';
import type { Share } from '../manifest.js';

type Shares = Readonly<Record<string, Share>>;

/** Every build has to share the packages of which a page can use one copy only, and alike. */
export function checkShared(builds: readonly Build[]): Finding[] {
  const known = builds.filter(({ manifest }) => manifest.shared !== undefined);
  return known.flatMap((build) => [
    ...missing(build, known),
    ...Object.entries(watchedShares(build)).flatMap(([name, share]) => [
      ...weaker(build, name, share),
      ...refused(build, name, share, known),
    ]),
  ]);
}

/** Subpaths are shared entries of their own. */
function watchedShares({ manifest }: Build): Shares {
  const isWatched = (request: string) => WATCHED.includes(packageOf(request));
  return Object.fromEntries(
    Object.entries(manifest.shared ?? {}).filter(([request]) => isWatched(request)),
  );
}

/** What others share and this build imports without sharing it; isthmus in any case. */
function missing(build: Build, builds: readonly Build[]): Finding[] {
  const { shared = {}, versions } = build.manifest;
  return WATCHED.filter((name) => !(name in shared)).flatMap((name) => {
    const others = builds.filter(({ manifest }) => name in manifest.shared!);
    const isUsed = name === 'isthmus' || (name in versions && others.length > 0);
    if (!isUsed) return [];
    const sharing = others.length > 0 ? `, unlike ${namesOf(others)}` : '';
    const message = `'${name}' is not in the shared block${sharing}: the build brings a copy of its own`;
    return [
      about(
        build,
        'error',
        message,
        `add '${name}' to shared, as sharedState() of isthmus/webpack has it`,
      ),
    ];
  });
}

function weaker(build: Build, name: string, share: Share): Finding[] {
  const findings: Finding[] = [];
  if (share.singleton !== true) {
    const message = `'${name}' is shared, but not as a singleton: several copies may run at once`;
    findings.push(about(build, 'error', message, `set singleton: true for '${name}'`));
  }
  if (share.eager === true) {
    const message = `'${name}' is shared eagerly: its copy is chosen before the other builds are known`;
    const fix = `take eager: true out for '${name}' and begin with import('./bootstrap')`;
    findings.push(about(build, 'error', message, fix));
  }
  if (share.strictVersion === true) {
    const message = `'${name}' has strictVersion: a deploy of another build with another version takes this one down`;
    findings.push(about(build, 'error', message, `set strictVersion: false for '${name}'`));
  }
  return findings;
}

/** Versions of other builds that this one's range refuses. */
function refused(build: Build, name: string, share: Share, builds: readonly Build[]): Finding[] {
  const range = share.requiredVersion;
  if (typeof range !== 'string' || semver.validRange(range) === null) return [];
  const others = builds.filter((other) => {
    const version = other.manifest.versions[packageOf(name)];
    const isRefused = semver.valid(version) !== null && !semver.satisfies(version!, range);
    return other !== build && isRefused && name in (other.manifest.shared ?? {});
  });
  return others.map((other) => {
    const version = other.manifest.versions[packageOf(name)]!;
    const floor = semver.minVersion(range);
    const isSkew = floor !== null && semver.major(floor) === semver.major(version);
    const message = `'${name}' is wanted as ${range}, and '${other.name}' brings ${version}`;
    const fix = isSkew
      ? `widen the range, or update '${name}' in '${other.name}'`
      : `bring '${build.name}' and '${other.name}' to the same major of ${packageOf(name)}`;
    return about(build, isSkew ? 'warning' : 'error', message, fix);
  });
}

function about(build: Build, severity: Severity, message: string, fix: string): Finding {
  return { severity, rule: 'shared', app: build.name, file: build.file, message, fix };
}

function packageOf(request: string): string {
  const parts = request.split('/');
  return parts.slice(0, request.startsWith('@') ? 2 : 1).join('/');
}

function namesOf(builds: readonly Build[]): string {
  return builds.map(({ name }) => `'${name}'`).join(' and ');
}
