import { type Inputs, type Served } from './inputs.js';
import { parseManifests } from './manifest.js';
import { UnreadableInput } from './unreadable-input.js';

const ENTRY = 'remoteEntry.js';
const TIMEOUT = 10_000; // ms

/** A build on a server, by the address of its remoteEntry.js, if it has one, or of its manifest. */
export async function readServed(address: string): Promise<Inputs> {
  const manifestUrl = address.endsWith('.json')
    ? address
    : beside(address, 'isthmus-manifest.json');
  const entryUrl = address.endsWith('.js') ? address : beside(address, ENTRY);
  const response = await get(manifestUrl);
  if (!response.ok) throw new UnreadableInput(manifestUrl, `the server answers ${response.status}`);
  const manifests = parseManifests(await response.text(), manifestUrl);
  const builds = manifests.map((manifest) => ({
    name: manifest.name,
    file: manifestUrl,
    manifest,
  }));
  const remotes = manifests.filter(({ exposes }) => exposes.length > 0 || address.endsWith('.js'));
  const served = remotes.map(({ name }) => headersOf(name, entryUrl));
  return { repos: [], builds, served: await Promise.all(served) };
}

async function headersOf(app: string, url: string): Promise<Served> {
  const { status, headers, body } = await get(url);
  await body?.cancel();
  return { app, url, status, headers: Object.fromEntries(headers) };
}

async function get(url: string): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new UnreadableInput(
      url,
      `no answer (${cause instanceof Error ? cause.message : message})`,
    );
  }
}

function beside(address: string, file: string): string {
  return new URL(file, address).href;
}
