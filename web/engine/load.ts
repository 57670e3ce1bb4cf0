import { readEngine } from '#engine-source';

import { IsthmusError } from '../base/errors.js';
import { claimPage } from '../page/protocol.js';
import { realm } from '../page/realm.js';
import { isUrl, type EngineSource } from './engine-source.js';
import { Engine } from './engine.js';
import type { EngineCrossing } from './crossing.js';
import {
  addCrossing,
  compile,
  instantiate,
  instantiateAgain,
  toFirst,
  type EngineCode,
} from './instantiate.js';
import { loadCrossingCode } from './load-crossing.js';
import { loadFailure, type EngineFile, type Failed } from './load-failure.js';
import { crossingPlaces, enginePlaces } from './places.js';

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

/** As `loadEngine` of web/bridge/load-engine.ts, without what crosses. */
export function loadFirst(source?: EngineSource, crossing?: EngineSource): Promise<void> {
  const page = realm();
  if (page.engine === undefined) {
    const loading = load(source, crossing).catch((error: unknown) => {
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

async function load(source?: EngineSource, crossing?: EngineSource): Promise<void> {
  claimPage();
  await Promise.resolve();
  const page = realm();
  const { engine, code } = await firstOf(
    placesOf(source ?? enginePlaces()),
    'engine.wasm',
    instantiate,
  );
  const places = () => placesOf(crossing ?? crossingPlaces(source));
  page.engine!.loaded = new Engine(
    engine,
    () => instantiateAgain(code),
    () => loadCrossing(page.engine!.loaded!, code, places()),
  );
  page.engines = (page.engines ?? 0) + 1;
}

/** Both halves of what crosses: its code here, and its part of the engine. */
async function loadCrossing(
  engine: Engine,
  code: EngineCode,
  places: readonly EngineSource[],
): Promise<EngineCrossing> {
  const [{ EngineCrossing }, compiled] = await Promise.all([
    loadCrossingCode(),
    firstOf(places, 'engine-crossing.wasm', compile),
  ]);
  for (;;) {
    const { module } = engine;
    const instance = await WebAssembly.instantiate(compiled, toFirst(module));
    if (engine.module !== module) continue; // another instance has taken its place meanwhile
    code.crossing = compiled;
    addCrossing(module, instance);
    return engine.addCrossing((funnel) => new EngineCrossing(funnel));
  }
}

function placesOf(source: EngineSource | readonly EngineSource[]): readonly EngineSource[] {
  return [source].flat();
}

async function firstOf<T>(
  sources: readonly EngineSource[],
  file: EngineFile,
  make: (file: Exclude<EngineSource, URL>) => Promise<T>,
): Promise<T> {
  const failed: Failed[] = [];
  for (const source of sources) {
    try {
      return await make(isUrl(source) ? await readEngine(source) : source);
    } catch (error) {
      failed.push({ error, source });
    }
  }
  throw loadFailure(failed, file);
}
