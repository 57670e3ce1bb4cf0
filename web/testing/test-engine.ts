import { loadEngine } from 'isthmus';

import { realm } from '../page/realm.js';

/**
 * Loads the engine from the file beside this one wherever Node runs the test, whatever page the test's
 * environment pretends to be; in a browser as `loadEngine()` does.
 */
export async function loadTestEngine(): Promise<void> {
  const url = new URL('./engine.wasm', import.meta.url);
  const files = globalThis.process?.getBuiltinModule?.('node:fs');
  if (realm().engine !== undefined || files === undefined || url.protocol !== 'file:') {
    return loadEngine();
  }
  return loadEngine(new WebAssembly.Module(files.readFileSync(url)));
}
