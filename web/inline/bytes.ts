import base64 from '../../build/wasm-release/engine.wasm';

/** The engine from this module's own text. */
export function engineBytes(): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
