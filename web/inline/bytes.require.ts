import { readFileSync } from 'node:fs';

/** The engine from the files beside this one: who requires the package has them. */
export function engineBytes(): Uint8Array<ArrayBuffer> {
  return readFileSync(new URL('./engine.wasm', import.meta.url));
}

export function crossingBytes(): Uint8Array<ArrayBuffer> {
  return readFileSync(new URL('./engine-crossing.wasm', import.meta.url));
}
