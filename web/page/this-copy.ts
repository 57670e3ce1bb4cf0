import { engineUrl } from '#engine-source';

import { PROTOCOL, type Copy } from './realm.js';
import { scriptsIn } from './scripts.js';

type Offers = Record<string, { readonly from?: string } | undefined>;
type ShareScope = Record<string, Offers | undefined>;

declare const __webpack_share_scopes__: Record<string, ShareScope | undefined> | undefined;

/** What can be known of this copy where it is evaluated. */
export function describeThisCopy(version: string): Copy {
  const stack = String(new Error().stack);
  const url = scriptsIn(stack)[0] ?? engineUrl?.href ?? '';
  const shareScope = offeredIn(
    typeof __webpack_share_scopes__ === 'object' ? __webpack_share_scopes__ : {},
  );
  const copy = { version, protocol: PROTOCOL, url, ...(shareScope && { shareScope }), stack };
  return Object.freeze(copy); // the page registry hands it to everybody
}

function offeredIn(scopes: Record<string, ShareScope | undefined>): string {
  const offers = Object.entries(scopes).flatMap(([name, scope]) =>
    Object.entries(scope?.['isthmus'] ?? {}).map(
      ([offered, entry]) => `${name}: ${offered} of ${entry?.from}`,
    ),
  );
  return offers.join(', ');
}
