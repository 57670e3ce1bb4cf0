import { crossingBytes, engineBytes } from '#engine-bytes';
import { loadEngine } from 'isthmus';

/**
 * Loads the engine from this module's own text: nothing is fetched, so that no `.wasm` file has to be
 * copied, served with its type, or allowed by CORS and `connect-src`. It is the same engine as that of
 * {@link loadEngine}: whichever is called first on a page loads it for all.
 *
 * @throws EngineError `engine-load` when the page's policy forbids WebAssembly.
 *
 * @example
 * ```ts
 * import { joinSharedStore } from 'isthmus';
 * import { loadInlineEngine } from 'isthmus/inline';
 *
 * await loadInlineEngine();
 * const { store } = joinSharedStore({ app: 'host' });
 * ```
 */
export function loadInlineEngine(): Promise<void> {
  return loadEngine(engineBytes(), { crossing: crossingBytes() });
}
