import { readdirSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { joinInputs, type Inputs } from '../inputs.js';
import { ENTRY, MANIFEST } from './address.js';
import { readBare, readDescribed, type BuildFile } from './build.js';
import { folderReader } from './folder.js';

/** Folders below a repository in which builds are looked for; deeper ones are to be named. */
const DEPTH = 4;

/** Every build in a folder: those with a manifest, and containers without one that have to do with isthmus. */
export async function readBuildsIn(folder: string): Promise<Inputs> {
  const found = findBuilds(folder, DEPTH);
  return joinInputs(await Promise.all(found.map(readBuild)));
}

interface Found {
  readonly folder: string;
  /** A manifest that was copied from elsewhere has no files of its build beside it. */
  readonly hasScripts: boolean;
  readonly hasManifest: boolean;
}

async function readBuild({ folder, hasManifest, hasScripts }: Found): Promise<Partial<Inputs>> {
  const [manifest, entry] = await Promise.all([fileIn(folder, MANIFEST), fileIn(folder, ENTRY)]);
  if (hasManifest) {
    const { builds, engines } = await readDescribed(manifest, entry, folderReader(manifest.url));
    return { builds, engines: hasScripts ? engines : [] };
  }
  const { bareBuilds, engines } = await readBare(entry, folderReader(entry.url));
  const isOurs = bareBuilds.some(({ holds, offers }) => {
    return offers !== undefined || holds === 'share' || holds === 'copy';
  });
  return isOurs ? { bareBuilds, engines } : {};
}

async function fileIn(folder: string, name: string): Promise<BuildFile> {
  const url = pathToFileURL(resolve(folder, name));
  return { url, answer: await folderReader(url).read(url) };
}

function findBuilds(folder: string, depth: number): Found[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const hasManifest = names.includes(MANIFEST);
  const hasScripts = names.some((name) => /\.m?js$/.test(name));
  const isBuild = hasManifest || names.includes(ENTRY);
  const inner = depth === 0 ? [] : entries.filter(isSearched);
  return [
    ...(isBuild ? [{ folder, hasManifest, hasScripts }] : []),
    ...inner.flatMap(({ name }) => findBuilds(join(folder, name), depth - 1)),
  ];
}

function isSearched(entry: Dirent): boolean {
  return entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.');
}
