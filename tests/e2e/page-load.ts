import type { Page } from '@playwright/test';

declare global {
  var wasmMemories: WebAssembly.Memory[];
}

/** Keeps the memories of the wasm instances of the page; to be run before its scripts. */
export function keepWasmMemories(): void {
  globalThis.wasmMemories = [];
  const real = WebAssembly.instantiate;
  const streaming = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (source, imports) => {
    const result = await streaming(source, imports);
    keep(result.instance);
    return result;
  };
  WebAssembly.instantiate = (async (source: BufferSource, imports?: WebAssembly.Imports) => {
    const result = await real(source, imports);
    keep(result instanceof WebAssembly.Instance ? result : result.instance);
    return result;
  }) as typeof WebAssembly.instantiate;

  function keep({ exports }: WebAssembly.Instance) {
    for (const value of Object.values(exports)) {
      if (value instanceof WebAssembly.Memory) wasmMemories.push(value);
    }
  }
}

/** Bytes of the JavaScript heap after a collection, and of wasm memory. */
export async function memoryOf(page: Page): Promise<{ heap: number; wasm: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize: heap } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  const wasm = await page.evaluate(() =>
    wasmMemories.reduce((bytes, { buffer }) => bytes + buffer.byteLength, 0),
  );
  return { heap, wasm };
}

/** Keeps the page busy for so long in a task of its own, which is over when it resolves. */
export function keepBusy(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
      setTimeout(resolve);
    });
  });
}
