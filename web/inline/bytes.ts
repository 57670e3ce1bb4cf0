import crossing from '../../build/wasm-release/engine-crossing.wasm';
import engine from '../../build/wasm-release/engine.wasm';

/** The engine's first file, from this module's own text. */
export function engineBytes(): Uint8Array<ArrayBuffer> {
  return bytesOf(engine);
}

/** The second one. */
export function crossingBytes(): Uint8Array<ArrayBuffer> {
  return bytesOf(crossing);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
