import { readFile } from 'node:fs/promises';

/** Where the engine's two files lie: beside this one, or in a module that bundlers take along as they do any other. */
export const engineUrl: URL =
  found(() => new URL('./engine.wasm', import.meta.url)) ?? new URL('module:isthmus/engine');
export const crossingUrl: URL =
  found(() => new URL('./engine-crossing.wasm', import.meta.url)) ??
  new URL('module:isthmus/engine-crossing');

export async function readEngine(url: URL): Promise<Response | Uint8Array<ArrayBuffer>> {
  const isFile = url.protocol === 'file:';
  const isOwn = url.href === engineUrl.href || url.href === crossingUrl.href;
  if (!isOwn) return isFile ? readFile(url) : fetch(url);
  try {
    if (isFile) return await readFile(url);
  } catch (error) {
    return inlined(url).catch(() => {
      throw error;
    });
  }
  return inlined(url);
}

/** What bundles for servers and test runners leave behind, or give an address for browsers. */
async function inlined({ href }: URL): Promise<Uint8Array<ArrayBuffer>> {
  const { crossingBytes, engineBytes } = await import('#engine-bytes');
  return href === engineUrl.href ? engineBytes() : crossingBytes();
}

/** Next.js has an address without origin here, which is a URL by its prototype alone. */
function found(url: () => URL): URL | undefined {
  try {
    return new URL(url().href);
  } catch {
    return undefined;
  }
}
