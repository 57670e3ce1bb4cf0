import { IsthmusError } from 'isthmus';

import type {} from '../bridge/arrival.js';
import type { EngineCrossing } from '../engine/crossing.js';
import type { Engine } from '../engine/engine.js';
import { firstCopy, PROTOCOL, realm } from '../page/realm.js';

/**
 * The page's engine, whichever copy of the package has brought it.
 *
 * @throws IsthmusError `engine-missing` before `loadEngine`, `protocol` if it is of an older release that
 * checks no snapshots.
 */
export function engineOfPage(): Engine {
  const engine = realm().engine?.loaded;
  if (engine === undefined) {
    const message = 'the engine is not loaded yet: await loadEngine() before persistSlice';
    throw new IsthmusError('engine-missing', message);
  }
  if ('loadCrossing' in engine) return engine;
  const { version, url } = firstCopy(PROTOCOL)!;
  const message = `isthmus ${version} (${url}) came first on this page, and its engine is too old for this isthmus/storage: update isthmus in that build, or share it as a singleton (sharedState() of isthmus/webpack) so that the newest one is used`;
  throw new IsthmusError('protocol', message);
}

/** What crosses, and so can check what is stored; once all that waited for it has been done. */
export async function loadCrossing(engine: Engine): Promise<EngineCrossing> {
  await realm().arrival?.request();
  return engine.loadCrossing();
}
