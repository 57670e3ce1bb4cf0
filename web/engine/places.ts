import { crossingUrl, engineUrl } from '#engine-source';

import { isResponse, isUrl, type EngineSource } from './engine-source.js';
import { firstCopy, PROTOCOL } from '../page/realm.js';

/** Where a build on the page has the engine's file, and of which version of the package. */
interface EnginePlace {
  readonly version: string;
  readonly url: string;
  /** Of the second file; the builds of older releases have none. */
  readonly crossing?: string;
}

/** As webpack/plugin/engine-place.ts tells them. */
const ENGINES = /* @__PURE__ */ Symbol.for('isthmus.engines');

/**
 * Where the engine of this very release may lie: where the page has asked for it already, beside this copy of the
 * package, then with the other builds on the page. Of equal versions webpack takes one, perhaps that of a remote whose
 * server this page may not read.
 */
export function enginePlaces(): URL[] {
  return places(engineUrl, ({ url }) => url);
}

/** Where the second file may lie: beside the first one, where it is known where that is. */
export function crossingPlaces(first: EngineSource | undefined): URL[] {
  const found = places(crossingUrl, ({ crossing }) => crossing);
  const url = isUrl(first) ? first.href : isResponse(first) ? first.url : '';
  return url === '' ? found : [new URL('engine-crossing.wasm', url), ...found];
}

function places(own: URL | undefined, of: (place: EnginePlace) => string | undefined): URL[] {
  const { [ENGINES]: told = [] } = globalThis as { [ENGINES]?: readonly EnginePlace[] };
  const inUse = firstCopy(PROTOCOL)?.version;
  const others = told.filter(({ version }) => version === inUse).map(of);
  const urls = [own?.href, ...others].filter((url) => url !== undefined);
  const preloaded = urls.filter(isPreloaded);
  return [...new Set([...preloaded, ...urls])].map((url) => new URL(url));
}

function isPreloaded(url: string): boolean {
  if (!('document' in globalThis)) return false;
  const links = document.querySelectorAll?.<HTMLLinkElement>('link[rel=preload]') ?? [];
  return Array.from(links).some(({ href }) => href === url);
}
