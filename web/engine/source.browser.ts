/** Where the engine's two files lie: bundlers copy them and put their addresses here. */
export const engineUrl: URL | undefined =
  found(() => new URL('./engine.wasm', import.meta.url)) ?? besideScript('engine.wasm');
export const crossingUrl: URL | undefined =
  found(() => new URL('./engine-crossing.wasm', import.meta.url)) ??
  besideScript('engine-crossing.wasm');

/** A test runner in Node may pass for a browser, of which it lacks `fetch`; its modules are files. */
export async function readEngine(url: URL): Promise<Response | Uint8Array<ArrayBuffer>> {
  const files = globalThis.process?.getBuiltinModule?.('node:fs');
  return url.protocol === 'file:' && files ? files.promises.readFile(url) : fetch(url);
}

/**
 * In a classic script without a bundler that knows assets, `import.meta.url` is empty. Next.js has an address without
 * origin, which is a URL by its prototype alone: the page's completes it.
 */
function found(url: () => URL): URL | undefined {
  try {
    return new URL(url().href, globalThis.location?.href);
  } catch {
    return undefined;
  }
}

function besideScript(name: string): URL | undefined {
  const script = 'document' in globalThis ? document.currentScript : null;
  const src = script && 'src' in script ? script.src : '';
  return src ? new URL(name, src) : undefined;
}
