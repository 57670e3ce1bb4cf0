import type { AnyState, Membership, SharedStore } from 'isthmus';
import * as React from 'react';

import { realm } from '../page/realm.js';

/** What the provider hands down. */
export interface SharedStoreContext {
  readonly store: SharedStore | undefined;
  readonly membership: Membership | undefined;
  /** What the server has rendered with, while its page is hydrated. */
  readonly serverState: AnyState | undefined;
}

declare module '../page/realm.js' {
  interface Realm {
    /** One context per React instance, so that every copy of this file under one React shares it. */
    reactContexts?: WeakMap<object, React.Context<SharedStoreContext>>;
  }
}

let known: React.Context<SharedStoreContext> | undefined;

export function sharedStoreContext(): React.Context<SharedStoreContext> {
  return (known ??= findContext());
}

function findContext(): React.Context<SharedStoreContext> {
  const contexts = (realm().reactContexts ??= new WeakMap());
  let context = contexts.get(React.createContext);
  if (context === undefined) {
    const nothing = { store: undefined, membership: undefined, serverState: undefined };
    context = React.createContext<SharedStoreContext>(nothing);
    contexts.set(React.createContext, context);
  }
  return context;
}
