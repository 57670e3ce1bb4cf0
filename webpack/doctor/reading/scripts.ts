import type { Container } from '../container/container.js';
import { engineTraceIn, type EngineTrace } from '../container/engine-trace.js';
import type { EngineFile } from '../inputs.js';
import { addressOf, placeOf } from './address.js';
import type { Reader } from './answer.js';
import { readEngine, readIfAnswered } from './engine.js';

/** What the scripts of a build tell of isthmus. */
export interface ScriptFindings {
  readonly hasIsthmus: boolean;
  readonly engine: EngineFile | undefined;
}

/** The script of a container. */
export interface Entry {
  readonly app: string;
  readonly url: URL;
  readonly text: string;
  readonly container: Container;
}

type Trace = EngineTrace & { readonly url: URL };

/** Looks for isthmus and its engine in the container's script, and in the others that it names. */
export async function searchScripts(entry: Entry, reader: Reader): Promise<ScriptFindings> {
  const traces: Trace[] = [{ url: entry.url, ...engineTraceIn(entry.text) }];
  for (const file of entry.container.files ?? []) {
    const url = addressOf(file, entry.url);
    if (url === undefined || !reader.reaches(url)) continue;
    const answer = await readIfAnswered(url, reader);
    if (answer === undefined) break; // and let nobody wait for the others
    if (answer.status !== 200) continue;
    traces.push({ url, ...engineTraceIn(answer.body.toString('utf8')) });
  }
  const hasIsthmus = traces.some((trace) => trace.hasIsthmus);
  const engine = hasIsthmus ? await engineOf(entry, traces, reader) : undefined;
  return { hasIsthmus, engine };
}

/** By the surest sign. */
async function engineOf(
  { app, url: base, container: { publicPath } }: Entry,
  traces: readonly Trace[],
  reader: Reader,
): Promise<EngineFile | undefined> {
  for (const { url, looksInFiles } of traces) {
    if (looksInFiles) return none(app, url, 'in-files');
  }
  for (const { belowPublicPath: file } of traces) {
    if (file !== undefined) return readEngine({ app, address: publicPath + file, base }, reader);
  }
  for (const { url, holdsLoaded } of traces) {
    if (holdsLoaded) return none(app, url, 'nowhere');
  }
  for (const { url, holdsWasm } of traces) {
    if (holdsWasm) return none(app, url, 'in-script');
  }
  for (const { url, besideScript: address } of traces) {
    if (address !== undefined) return readEngine({ app, address, base: url }, reader);
  }
  return none(app, traces.find(({ hasIsthmus }) => hasIsthmus)!.url, 'nowhere');
}

function none(app: string, url: URL, kind: 'in-files' | 'in-script' | 'nowhere'): EngineFile {
  return { app, file: placeOf(url), found: { kind } };
}
