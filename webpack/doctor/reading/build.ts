import { readContainer, type Container } from '../container/container.js';
import { type BareBuild, type Build, type EngineFile, type Inputs } from '../inputs.js';
import { parseManifests, type BuildManifest } from '../manifest.js';
import { UnreadableInput } from '../unreadable-input.js';
import { placeOf } from './address.js';
import { isThere, type Answer, type Reader } from './answer.js';
import { readEngine } from './engine.js';
import { searchScripts } from './scripts.js';

/** A file of a build: where it is, and what is there. */
export interface BuildFile {
  readonly url: URL;
  readonly answer: Answer;
}

/** A build by its manifest and, where it has one, the script of its container. */
export async function readDescribed(
  manifest: BuildFile,
  entry: BuildFile,
  reader: Reader,
): Promise<Pick<Inputs, 'builds' | 'engines'>> {
  const place = placeOf(manifest.url);
  if (!manifest.answer.isWhole) throw new UnreadableInput(place, 'is too large for a manifest');
  const manifests = parseManifests(textOf(manifest), place);
  const builds = manifests.map((each): Build => ({ name: each.name, file: place, manifest: each }));
  const engines = manifests.map((each) => engineOf(each, manifest.url, entry, reader));
  return { builds, engines: (await Promise.all(engines)).filter((each) => each !== undefined) };
}

/** Manifests of older releases name no engine, so that it is looked for in the scripts. */
async function engineOf(
  { name: app, engine }: BuildManifest,
  base: URL,
  entry: BuildFile,
  reader: Reader,
): Promise<EngineFile | undefined> {
  if (engine !== undefined) return readEngine({ app, address: engine, base }, reader);
  const text = textOf(entry);
  const container = isThere(entry.answer) ? readContainer(text) : undefined;
  if (container?.offers === undefined) return undefined;
  return (await searchScripts({ app, url: entry.url, text, container }, reader)).engine;
}

/** A build without a manifest, by the script of its container. */
export async function readBare(
  entry: BuildFile,
  reader: Reader,
): Promise<Pick<Inputs, 'bareBuilds' | 'engines'>> {
  const text = textOf(entry);
  const container = readContainer(text);
  const name = container?.name ?? (entry.url.host || placeOf(new URL('.', entry.url)));
  const build = { name, file: placeOf(entry.url), offers: container?.offers };
  if (container === undefined) return { bareBuilds: [{ ...build, holds: 'unknown' }], engines: [] };
  const found = await searchScripts({ app: name, url: entry.url, text, container }, reader);
  const holds = holdsOf(container, found.hasIsthmus);
  const engines =
    container.offers === undefined || found.engine === undefined ? [] : [found.engine];
  return { bareBuilds: [{ ...build, holds }], engines };
}

function holdsOf(
  { offers, asksForIsthmus, files }: Container,
  isFound: boolean,
): BareBuild['holds'] {
  if (offers !== undefined) return isFound ? 'share' : 'unknown';
  if (asksForIsthmus) return 'share';
  if (isFound) return 'copy';
  return files === undefined ? 'unknown' : 'nothing';
}

function textOf({ answer }: BuildFile): string {
  return answer.body.toString('utf8');
}
