import { readFile } from 'node:fs/promises';

/** Where the engine's wasm lies: beside this file, or in a module that bundlers take along as they do any other. */
export const engineUrl: URL = besideModule() ?? new URL('module:isthmus/engine');

export async function readEngine(url: URL): Promise<Response | Uint8Array<ArrayBuffer>> {
  if (url.protocol !== 'file:' && url.protocol !== 'module:') return fetch(url);
  try {
    return await readFile(url);
  } catch (error) {
    if (url.href !== engineUrl.href) throw error;
    // A server's bundle may leave the file behind, or know only its address for browsers.
    const inline = await import('#engine-bytes').catch(() => undefined);
    if (inline === undefined) throw error;
    return inline.engineBytes();
  }
}

/** Next.js has an address without origin here, which is a URL by its prototype alone. */
function besideModule(): URL | undefined {
  try {
    return new URL(new URL('./engine.wasm', import.meta.url).href);
  } catch {
    return undefined;
  }
}
