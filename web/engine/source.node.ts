import { readFile } from 'node:fs/promises';

/** Where the engine's wasm lies: beside this file, unless a bundler has made it a CommonJS script. */
export const engineUrl: URL | undefined = besideModule();

export async function readEngine(url: URL): Promise<Response | Uint8Array<ArrayBuffer>> {
  return url.protocol === 'file:' ? readFile(url) : fetch(url);
}

function besideModule(): URL | undefined {
  try {
    return new URL('./engine.wasm', import.meta.url);
  } catch {
    return undefined;
  }
}
