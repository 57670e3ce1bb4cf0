import { readFile } from 'node:fs/promises';

/** Where the engine's wasm lies: beside this file. */
export const engineUrl = new URL('./engine.wasm', import.meta.url);

export async function readEngine(url: URL): Promise<Response | Uint8Array<ArrayBuffer>> {
  return url.protocol === 'file:' ? readFile(url) : fetch(url);
}
