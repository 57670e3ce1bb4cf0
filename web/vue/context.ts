import { getCurrentInstance, hasInjectionContext, inject, onScopeDispose, provide } from 'vue';

import { pageShared, sharedOf, type Shared, type StoreSource } from '../views/shared.js';

// Of every copy of this file: Vue's `inject` finds what is provided by key.
const KEY = Symbol.for('isthmus.vue');

/** What components have provided, which `inject` gives to those below only. */
const own = new WeakMap<object, Shared>();

/**
 * Gives this component and those below it a store: one's membership, which its owner leaves; a store; or a function
 * that joins, whose membership is left when the component is unmounted. Without a provider the page's shared store
 * is used.
 *
 * @throws IsthmusError `engine-missing` when it joins before `loadEngine`.
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
  const { leave, ...shared } = sharedOf(given, 'provideSharedStore');
  provide(KEY, shared);
  const instance = getCurrentInstance();
  if (instance !== null) own.set(instance, shared);
  onScopeDispose(leave);
}

export function useShared(): Shared {
  const instance = getCurrentInstance();
  const shared = instance === null ? undefined : own.get(instance);
  return shared ?? (hasInjectionContext() ? inject<Shared>(KEY) : undefined) ?? pageShared();
}
