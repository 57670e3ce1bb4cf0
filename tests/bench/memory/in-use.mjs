import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadEngine } from 'isthmus';

let memory;

/** Loads the engine and notes its memory, which the package does not show. */
export async function loadNotedEngine() {
  const wasm = new URL('engine.wasm', import.meta.resolve('isthmus'));
  const engine = await WebAssembly.compile(await readFile(fileURLToPath(wasm)));
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (source, imports) => {
    const instance = await instantiate(source, imports);
    if (source === engine) memory = memoryOf(instance);
    return instance;
  };
  await loadEngine(engine);
  WebAssembly.instantiate = instantiate;
}

function memoryOf({ exports }) {
  return Object.values(exports).find((each) => each instanceof WebAssembly.Memory);
}

/** What is in use after everything that can go has gone: bytes of the JavaScript heap and of wasm. */
export async function bytesInUse() {
  for (let i = 0; i < 4; i++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { heap: process.memoryUsage().heapUsed, wasm: memory.buffer.byteLength };
}
