import { claimPage } from '../page/protocol.js';
import { realm } from '../page/realm.js';
import type { ConnectedStore } from './connected-stores.js';

declare module '../page/realm.js' {
  interface Realm {
    /** The page's shared stores by name. */
    stores?: Map<string, ConnectedStore>;
  }
}

/** Of a shared store whose name nobody gives. */
export const DEFAULT_NAME = 'shared';

/** @throws IsthmusError `protocol` when the page runs another protocol. */
export function pageStores(): Map<string, ConnectedStore> {
  claimPage();
  return (realm().stores ??= new Map());
}
