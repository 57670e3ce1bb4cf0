import { readEngine } from '#engine-source';

import { IsthmusError } from '../base/errors.js';
import { claimPage } from '../page/protocol.js';
import { realm } from '../page/realm.js';
import { isUrl, type EngineSource } from './engine-source.js';
import { Engine } from './engine.js';
import { instantiate, instantiateAgain } from './instantiate.js';
import { loadFailure, type Failed } from './load-failure.js';
import { enginePlaces } from './places.js';

declare module '../page/realm.js' {
  interface Realm {
    /** The page's engine: in the making, made, and how often it was. */
    engine?: EngineSlot;
    engines?: number;
  }
}

interface EngineSlot {
  loading: Promise<void>;
  loaded?: Engine;
}

/**
 * Loads the WebAssembly engine, once per page: later calls return the first one's promise. Without a
 * source it loads the `engine.wasm` of this package, or the one beside a classic script; where that cannot be had,
 * that of another build on the page which has the same version. Everything after it is synchronous.
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
export function loadEngine(source?: EngineSource): Promise<void> {
  const page = realm();
  if (page.engine === undefined) {
    const loading = load([source ?? enginePlaces()].flat()).catch((error: unknown) => {
      delete page.engine;
      throw error;
    });
    page.engine = { loading };
  }
  return page.engine.loading;
}

/** The page's engine, when it is loaded. */
export function loadedEngine(): Engine | undefined {
  return realm().engine?.loaded;
}

export function requireEngine(): Engine {
  const engine = loadedEngine();
  if (engine !== undefined) return engine;
  claimPage();
  const message =
    'the engine is not loaded yet: await loadEngine() before the first store or native reducer';
  throw new IsthmusError('engine-missing', message);
}

async function load(sources: readonly EngineSource[]): Promise<void> {
  claimPage();
  await Promise.resolve();
  const page = realm();
  page.engine!.loaded = await firstOf(sources);
  page.engines = (page.engines ?? 0) + 1;
}

async function firstOf(sources: readonly EngineSource[]): Promise<Engine> {
  const failed: Failed[] = [];
  for (const source of sources) {
    try {
      return await engineOf(source);
    } catch (error) {
      failed.push({ error, source });
    }
  }
  throw loadFailure(failed);
}

async function engineOf(source: EngineSource): Promise<Engine> {
  const file = isUrl(source) ? await readEngine(source) : source;
  const { engine, code } = await instantiate(file);
  return new Engine(engine, () => instantiateAgain(code));
}
