import semver from 'semver';
import type { Finding } from '../finding.js';
import type { Repo } from '../inputs.js';
import { WATCHED } from '../lock-files/installed.js';
import { ADD, WHY } from './package-managers.js';
import { isOutdated } from './peers.js';

interface Use {
  readonly repo: Repo;
  readonly version: string;
}

/** One page runs one copy of each of these packages, so that all apps need the same major; of what isthmus works with. */
export function checkVersions(repos: readonly Repo[]): Finding[] {
  return [
    ...WATCHED.flatMap((name) => compare(name, usesOf(name, repos))),
    ...repos.flatMap(checkOne),
  ];
}

function usesOf(name: string, repos: readonly Repo[]): Use[] {
  return repos.flatMap((repo) => {
    const version = repo.installed.own.get(name);
    return version === undefined || isOutdated(name, version) ? [] : [{ repo, version }];
  });
}

function compare(name: string, uses: readonly Use[]): Finding[] {
  if (uses.length === 0) return [];
  const expected = commonMajor(uses);
  const [common, others] = split(uses, ({ version }) => semver.major(version) === expected);
  return [...others.map((use) => otherMajor(name, use, common)), ...skew(name, common)];
}

/** The major of most apps, and of several such the newest. */
function commonMajor(uses: readonly Use[]): number {
  const majors = uses.map(({ version }) => semver.major(version));
  const count = (major: number) => majors.filter((each) => each === major).length;
  return majors.reduce((best, each) => {
    const isBetter = count(each) - count(best) || each - best;
    return isBetter > 0 ? each : best;
  });
}

function otherMajor(name: string, { repo, version }: Use, common: readonly Use[]): Finding {
  const newest = newestOf(common);
  return {
    severity: 'error',
    rule: 'versions',
    app: repo.name,
    file: repo.file,
    message: `${name} ${version}, but ${listOf(common)}: a page runs one major of it`,
    fix: `${ADD[repo.manager]} ${name}@^${newest}`,
  };
}

function skew(name: string, uses: readonly Use[]): Finding[] {
  if (uses.every(({ version }) => version === uses[0]!.version)) return [];
  const newest = newestOf(uses);
  const behind = uses.find(({ version }) => version !== newest)!;
  const message = `${name} is ${listOf(uses)}: all of them get ${newest} on a page that has it`;
  return [{ severity: 'note', rule: 'versions', app: behind.repo.name, message }];
}

function checkOne(repo: Repo): Finding[] {
  return [...duplicates(repo), ...reactPair(repo)];
}

function duplicates(repo: Repo): Finding[] {
  const { own, all } = repo.installed;
  return [...own].flatMap(([name, version]) => {
    const others = (all.get(name) ?? []).filter(
      (each) => semver.major(each) !== semver.major(version),
    );
    if (others.length === 0) return [];
    return [
      {
        severity: 'warning',
        rule: 'versions',
        app: repo.name,
        file: repo.file,
        message: `${name} ${others.join(' and ')} is installed beside ${version}: what imports it brings a copy of its own`,
        fix: `${WHY[repo.manager]} ${name} shows who asks for it; update or override that`,
      } as const,
    ];
  });
}

/** React refuses a react-dom of another version than its own. */
function reactPair(repo: Repo): Finding[] {
  const react = repo.installed.own.get('react');
  const dom = repo.installed.own.get('react-dom');
  if (react === undefined || dom === undefined || semver.major(react) === semver.major(dom))
    return [];
  return [
    {
      severity: 'error',
      rule: 'versions',
      app: repo.name,
      file: repo.file,
      message: `react-dom ${dom} does not work with react ${react}`,
      fix: `${ADD[repo.manager]} react@^${semver.rsort([react, dom])[0]} react-dom@^${semver.rsort([react, dom])[0]}`,
    },
  ];
}

function newestOf(uses: readonly Use[]): string {
  return semver.rsort(uses.map(({ version }) => version))[0]!;
}

/** Such as `5.0.1 in host and cart, 5.0.0 in profile`. */
function listOf(uses: readonly Use[]): string {
  const byVersion = new Map<string, string[]>();
  for (const { repo, version } of uses) {
    byVersion.set(version, [...(byVersion.get(version) ?? []), repo.name]);
  }
  return [...byVersion]
    .map(([version, names]) => `${version} in ${names.join(' and ')}`)
    .join(', ');
}

function split<T>(list: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [list.filter(isFirst), list.filter((item) => !isFirst(item))];
}
