import { IsthmusError } from 'isthmus';
import { getCurrentInstance, hasInjectionContext, inject, onScopeDispose, provide } from 'vue';

import { isBrowserRealm } from '../page/realm.js';
import { pageShared, sharedOf, type Shared, type StoreSource } from '../views/shared.js';

// Of every copy of this file: Vue's `inject` finds what is provided by key.
const KEY = /* @__PURE__ */ Symbol.for('isthmus.vue');

/** What components have provided, which `inject` gives to those below only. */
const own = /* @__PURE__ */ new WeakMap<object, Shared>();

/**
 * Gives this component and those below it a store: one's membership, which its owner leaves; a store; or a function
 * that joins, whose membership is left when the component is unmounted. Without a provider the page's shared store
 * is used.
 *
 * @throws IsthmusError `engine-missing` when it joins before `loadEngine`; `invalid-argument` for a function on a
 * server, where Vue ends no component: give it the membership of the request, and leave that when the page is sent.
 *
 * @example
 * ```ts
 * import { joinSharedStore } from 'isthmus';
 * import { provideSharedStore, useSharedValue } from 'isthmus/vue';
 *
 * export function setup() {
 *   provideSharedStore(() => joinSharedStore({ app: 'cart' }));
 *   return { tenant: useSharedValue(['tenant', 'id']) };
 * }
 * ```
 */
export function provideSharedStore(given: StoreSource): void {
  if (typeof given === 'function' && !isBrowserRealm()) throw joinedOnServer();
  const { leave, ...shared } = sharedOf(given, 'provideSharedStore');
  provide(KEY, shared);
  const instance = getCurrentInstance();
  if (instance !== null) own.set(instance, shared);
  onScopeDispose(leave);
}

function joinedOnServer(): IsthmusError {
  const cure = "give it the request's membership, and leave that when the page is sent";
  const message = `provideSharedStore cannot join on a server, where Vue ends no component: ${cure}`;
  return new IsthmusError('invalid-argument', message);
}

export function useShared(): Shared {
  const instance = getCurrentInstance();
  const shared = instance === null ? undefined : own.get(instance);
  return shared ?? (hasInjectionContext() ? inject<Shared>(KEY) : undefined) ?? pageShared();
}
