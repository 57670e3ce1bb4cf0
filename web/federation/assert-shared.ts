import { IsthmusError } from '../base/errors.js';
import { isConnected } from './connected-stores.js';
import { pageStores } from './page-stores.js';

interface Asked {
  readonly __mfId?: string;
  readonly name?: string;
}

/**
 * Checks that a store is the page's shared one, whichever copy of the package made it: not an app's own
 * store, a plain Redux store or one of another page.
 *
 * @throws IsthmusError `not-shared`, naming the store and the page's.
 *
 * @example
 * ```ts
 * import { assertShared, getSharedStore } from 'isthmus';
 *
 * assertShared(getSharedStore());
 * ```
 */
export function assertShared(store: unknown): void {
  const shared = [...pageStores().values()].map(({ core }) => core);
  const asked: Asked | undefined = typeof store === 'object' && store !== null ? store : undefined;
  if (shared.some(({ mfId }) => mfId === asked?.__mfId)) return;
  const known = shared.map(({ name, mfId }) => `'${name}' (${mfId})`).join(', ') || 'none';
  const name = asked
    ? `'${asked.name ?? 'this store'}' (${asked.__mfId ?? 'without __mfId'})`
    : String(store);
  const message = `${name} is not a shared store of this page, which has ${known}: ${reasonOf(asked)}`;
  throw new IsthmusError('not-shared', message);
}

function reasonOf(asked: Asked | undefined): string {
  const isIsolated = asked?.__mfId !== undefined && isConnected(asked.__mfId);
  const what = isIsolated ? 'it is isolated' : 'it has ended or was made elsewhere';
  return `${what}; use getSharedStore()`;
}
