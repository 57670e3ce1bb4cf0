import { IsthmusError } from 'isthmus';

import type * as reduxStores from '../federation/redux-store.js';
import { realm } from '../page/realm.js';

declare module '../page/realm.js' {
  interface Realm {
    /** The first copy's functions, which every later copy hands out. */
    api?: object;
  }
}

/** What makes a Redux store one of Isthmus: of the copy in use, whose functions `isthmus` hands out. */
export function pageReduxStores(): typeof reduxStores {
  const api = realm().api as Partial<typeof reduxStores> | undefined;
  if (api?.adoptReduxStore !== undefined) return api as typeof reduxStores;
  throw new IsthmusError(
    'store-setup',
    "isthmus/redux found no 'isthmus' to work with: import both from one package",
  );
}
