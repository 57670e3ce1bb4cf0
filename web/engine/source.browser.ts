/** Where the engine's wasm lies: bundlers copy it and put its address here. */
export const engineUrl: URL | undefined = besideModule() ?? besideScript();

export function readEngine(url: URL): Promise<Response> {
  return fetch(url);
}

/** In a classic script without a bundler that knows assets, `import.meta.url` is empty. */
function besideModule(): URL | undefined {
  try {
    return new URL('./engine.wasm', import.meta.url);
  } catch {
    return undefined;
  }
}

function besideScript(): URL | undefined {
  const script = 'document' in globalThis ? document.currentScript : null;
  const src = script && 'src' in script ? script.src : '';
  return src ? new URL('./engine.wasm', src) : undefined;
}
