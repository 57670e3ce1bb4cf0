import { IsthmusError, type AnyState, type Membership, type SharedStore } from 'isthmus';
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
  if (!('useSyncExternalStore' in React)) throw tooOld();
  const contexts = (realm().reactContexts ??= new WeakMap());
  let context = contexts.get(React.createContext);
  if (context === undefined) {
    const nothing = { store: undefined, membership: undefined, serverState: undefined };
    context = React.createContext<SharedStoreContext>(nothing);
    contexts.set(React.createContext, context);
  }
  return context;
}

function tooOld(): IsthmusError {
  const message = `isthmus/react needs React 18 or newer, and this is React ${React.version}: before, hand the store to the Provider of react-redux, or subscribe to it by store.watch(path, listener)`;
  return new IsthmusError('store-setup', message);
}
