import { readFileSync } from 'node:fs';

/** The engine from the file beside this one: who requires the package has its files. */
export function engineBytes(): Uint8Array<ArrayBuffer> {
  return readFileSync(new URL('./engine.wasm', import.meta.url));
}
