import type { EngineSource } from '../engine/engine-source.js';
import { loadFirst } from '../engine/load.js';
import { isBrowserRealm } from '../page/realm.js';
import { arrival } from './arrival.js';

/** How {@link loadEngine} loads. */
export interface LoadOptions {
  /** Where the second file is, where it does not lie beside the source. */
  readonly crossing?: EngineSource;
  /**
   * Whether what crosses is loaded at once, too, and awaited: as tests of what crosses want it, and pages that know that
   * something will. No by default.
   */
  readonly whole?: boolean;
}

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
export function loadEngine(
  source?: EngineSource,
  { crossing, whole = !isDownload() }: LoadOptions = {},
): Promise<void> {
  const first = loadFirst(source, crossing);
  return whole ? (wholes.get(first) ?? loadWhole(first)) : first;
}

/** By the loading of the first file. */
const wholes = /* @__PURE__ */ new WeakMap<Promise<void>, Promise<void>>();

function loadWhole(first: Promise<void>): Promise<void> {
  const whole = first
    .then(() => arrival().request())
    .catch((error: unknown) => {
      wholes.delete(first);
      throw error;
    });
  wholes.set(first, whole);
  return whole;
}

/** Whether files come over a network; a test runner in Node may pass for a browser. */
function isDownload(): boolean {
  return isBrowserRealm() && globalThis.process?.versions?.node === undefined;
}
