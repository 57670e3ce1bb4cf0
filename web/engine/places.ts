import { engineUrl } from '#engine-source';

import { firstCopy, PROTOCOL } from '../page/realm.js';

/** Where a build on the page has the engine's file, and of which version of the package. */
interface EnginePlace {
  readonly version: string;
  readonly url: string;
}

/** As webpack/plugin/engine-place.ts tells them. */
const ENGINES = Symbol.for('isthmus.engines');

/**
 * Where the engine of this very release may lie: beside this copy of the package, then with the other builds on the
 * page. Of equal versions webpack takes one, perhaps that of a remote whose server this page may not read.
 */
export function enginePlaces(): URL[] {
  const { [ENGINES]: told = [] } = globalThis as { [ENGINES]?: readonly EnginePlace[] };
  const inUse = firstCopy(PROTOCOL)?.version;
  const others = told.filter(({ version }) => version === inUse).map(({ url }) => url);
  const own = engineUrl === undefined ? [] : [engineUrl.href];
  return [...new Set([...own, ...others])].map((url) => new URL(url));
}
