/** Where the engine's wasm lies: bundlers copy it and put its address here. */
export const engineUrl = new URL('./engine.wasm', import.meta.url);

export function readEngine(url: URL): Promise<Response> {
  return fetch(url);
}
