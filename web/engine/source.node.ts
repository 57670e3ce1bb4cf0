import { readFile } from 'node:fs/promises';

/** Where the engine's wasm lies: beside this file, or in a module that bundlers take along as they do any other. */
export const engineUrl: URL = besideModule() ?? new URL('module:isthmus/engine');

export async function readEngine(url: URL): Promise<Response | Uint8Array<ArrayBuffer>> {
  const isFile = url.protocol === 'file:';
  if (url.href !== engineUrl.href) return isFile ? readFile(url) : fetch(url);
  try {
    if (isFile) return await readFile(url);
  } catch (error) {
    return inlined().catch(() => {
      throw error;
    });
  }
  return inlined();
}

/** What bundles for servers and test runners leave behind, or give an address for browsers. */
async function inlined(): Promise<Uint8Array<ArrayBuffer>> {
  return (await import('#engine-bytes')).engineBytes();
}

/** Next.js has an address without origin here, which is a URL by its prototype alone. */
function besideModule(): URL | undefined {
  try {
    return new URL(new URL('./engine.wasm', import.meta.url).href);
  } catch {
    return undefined;
  }
}
