import { callAlone } from '../base/listeners.js';
import { isDownload, loadEngine as load, type LoadOptions } from '../bridge/load-engine.js';
import type { EngineSource } from '../engine/engine-source.js';
import type { Engine } from '../engine/engine.js';
import { loadedEngine } from '../engine/load.js';
import { warmUp } from './warm-up.js';

/** Safari tells nobody when a page is idle. */
const WITHOUT_IDLE_CALLBACKS_MS = 100;

/** Engines that are warm or soon will be. */
const warmed = new WeakSet<Engine>();

/**
 * Loads the WebAssembly engine, once per page: later calls return the first one's promise. Without a
 * source it loads the `engine.wasm` of this package, or the one beside a classic script; where that cannot be had,
 * that of another build on the page which has the same version. Everything after it is synchronous.
 *
 * What crosses between stores has code and a file of its own, `engine-crossing.wasm`. A page loads them by itself when the
 * first contract, marked action, message or converging slice comes; until then these wait, in their order, and a contract that
 * is wrong is told when they are there. On a server, and in tests that Node runs, all is loaded at once.
 *
 * @throws EngineError `engine-load` when the file cannot be fetched or is not the engine; a later call
 * tries again. IsthmusError `protocol` when the page runs another major version.
 *
 * @example
 * ```ts
 * import { joinSharedStore, loadEngine } from 'isthmus';
 *
 * await loadEngine();
 * const { store } = joinSharedStore({ app: 'host' });
 * ```
 */
export function loadEngine(source?: EngineSource, options?: LoadOptions): Promise<void> {
  const loading = load(source, options);
  loading.then(warmOnce, () => undefined);
  return loading;
}

/** In a page when it has nothing else to do, elsewhere before anybody goes on. */
function warmOnce(): void {
  const engine = loadedEngine();
  if (engine === undefined || warmed.has(engine)) return;
  warmed.add(engine);
  const warm = () => callAlone(warmUp);
  if (!isDownload()) warm();
  else if ('requestIdleCallback' in globalThis) requestIdleCallback(warm);
  else setTimeout(warm, WITHOUT_IDLE_CALLBACKS_MS);
}
