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

/** As `loadEngine` of web/federation/loading.ts, which makes the engine warm, too. */
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
export function isDownload(): boolean {
  return isBrowserRealm() && globalThis.process?.versions?.node === undefined;
}
