import { IsthmusError } from '../base/errors.js';
import { firstCopy, PROTOCOL, registry, type Copy } from './realm.js';

/**
 * Makes the page run this copy's protocol, unless one of another protocol has been used before. To be
 * called before anything page-wide; importing and defining slices claim nothing.
 *
 * A copy from the page's own origin may be the host's, which must stay up: where a copy from elsewhere
 * came first, it is not refused but gets an engine and stores of its own.
 *
 * @throws IsthmusError `protocol`, naming both copies and the app to rebuild.
 */
export function claimPage(): void {
  const page = registry();
  page.protocol ??= PROTOCOL;
  if (page.protocol === PROTOCOL) return;
  const inUse = firstCopy(page.protocol)!;
  const own = firstCopy(PROTOCOL)!;
  if (intruder(inUse, own) === inUse) return;
  throw new IsthmusError('protocol', conflictText(inUse, own));
}

/** What to tell about two copies that cannot share the page. */
export function conflictText(first: Copy, later: Copy): string {
  const { protocol } = registry();
  const wrong = intruder(first, later) ?? (protocol === first.protocol ? later : undefined);
  const which = wrong ? `the app of ${wrong.url || wrong.version}` : 'either app';
  return `${nameOf(later)} and ${nameOf(first)} differ in protocol (${later.protocol}, ${first.protocol}) and cannot share a store: rebuild ${which} with the isthmus of the others`;
}

export function nameOf({ version, url, shareScope }: Copy): string {
  return `isthmus ${version} (${url}${shareScope ? `; share scope ${shareScope}` : ''})`;
}

/** Of two copies that which comes from elsewhere, if the other one is from the page's own origin. */
function intruder(a: Copy, b: Copy): Copy | undefined {
  if (isFromPage(a) === isFromPage(b)) return undefined;
  return isFromPage(a) ? b : a;
}

function isFromPage({ url }: Copy): boolean {
  return 'location' in globalThis && url.startsWith(`${location.origin}/`);
}
