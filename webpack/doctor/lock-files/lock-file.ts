import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import { type Repo } from '../inputs.js';
import { UnreadableInput } from '../unreadable-input.js';
import type { Installed, PackageManager, Project } from './installed.js';
import { readNpmLock } from './npm.js';
import { readPnpmLock } from './pnpm.js';
import { readYarnLock } from './yarn.js';

type Read = (text: string, project: Project) => Installed;

const LOCK_FILES: readonly (readonly [string, PackageManager, Read])[] = [
  ['package-lock.json', 'npm', readNpmLock],
  ['npm-shrinkwrap.json', 'npm', readNpmLock],
  ['yarn.lock', 'yarn', readYarnLock],
  ['pnpm-lock.yaml', 'pnpm', readPnpmLock],
];

interface LockFile {
  readonly place: string;
  readonly manager: PackageManager;
  readonly read: Read;
}

/** What a folder's lock file says, or that of the repository whose workspace it is; if there is one. */
export function readRepo(folder: string, name: string): Repo | undefined {
  const isProject = existsSync(join(folder, 'package.json'));
  const lockFile = isProject ? findUpward(folder) : lockFileIn(folder);
  if (lockFile === undefined) return undefined;
  const { place, manager, read } = lockFile;
  const workspace = relative(dirname(place), folder).split(sep).join('/');
  const project = { workspace, ranges: rangesOf(folder) };
  try {
    return { name, file: place, manager, installed: read(readFileSync(place, 'utf8'), project) };
  } catch (error) {
    throw new UnreadableInput(place, `cannot be read (${(error as Error).message})`);
  }
}

/** In the folder itself or, for a workspace, above it, as far as the repository goes. */
function findUpward(folder: string): LockFile | undefined {
  const found = lockFileIn(folder);
  const parent = dirname(folder);
  const isEnd = existsSync(join(folder, '.git')) || parent === folder;
  return found === undefined && !isEnd ? findUpward(parent) : found;
}

function lockFileIn(folder: string): LockFile | undefined {
  const found = LOCK_FILES.find(([file]) => existsSync(join(folder, file)));
  if (found === undefined) return undefined;
  const [file, manager, read] = found;
  return { place: join(folder, file), manager, read };
}

/** Of the folder's package.json; none without one. */
export function packageJson(folder: string): Record<string, unknown> {
  const place = join(folder, 'package.json');
  if (!existsSync(place)) return {};
  try {
    return JSON.parse(readFileSync(place, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new UnreadableInput(place, `is no JSON (${(error as Error).message})`);
  }
}

function rangesOf(folder: string): Record<string, string> {
  const { dependencies, devDependencies, optionalDependencies } = packageJson(folder);
  return Object.assign({}, optionalDependencies, devDependencies, dependencies);
}
