import { claimPage } from '../page/protocol.js';
import { realm } from '../page/realm.js';
import type { BridgeOptions } from './connect-store.js';
import type { ConnectedStore } from './connected-stores.js';

/** A store that the apps of a page share, and how the first of them wanted it to cross. */
export type PageStore = ConnectedStore & { readonly bridgeOptions: BridgeOptions | undefined };

declare module '../page/realm.js' {
  interface Realm {
    /** The page's shared stores by name. */
    stores?: Map<string, PageStore>;
  }
}

/** Of a shared store whose name nobody gives. */
export const DEFAULT_NAME = 'shared';

/** @throws IsthmusError `protocol` when the page runs another protocol. */
export function pageStores(): Map<string, PageStore> {
  claimPage();
  return (realm().stores ??= new Map());
}
