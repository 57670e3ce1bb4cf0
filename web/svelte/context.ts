import { getContext, onDestroy, setContext, untrack } from 'svelte';

import { pageShared, sharedOf, type Shared, type StoreSource } from '../views/shared.js';

// Of every copy of this file.
const KEY = /* @__PURE__ */ Symbol.for('isthmus.svelte');

/**
 * Gives this component and those below it a store: one's membership, which its owner leaves; a store; or a function
 * that joins, whose membership is left when the component is destroyed. Without it the page's shared store is used.
 *
 * @throws IsthmusError `engine-missing` when it joins before `loadEngine`.
 *
 * @example
 * ```ts
 * import { joinSharedStore } from 'isthmus';
 * import { provideSharedStore } from 'isthmus/svelte';
 *
 * provideSharedStore(() => joinSharedStore({ app: 'cart' })); // in the <script> of a component
 * ```
 */
export function provideSharedStore(given: StoreSource): void {
  const { leave, ...shared } = untrack(() => sharedOf(given, 'provideSharedStore'));
  setContext(KEY, shared);
  onDestroy(leave);
}

export function findShared(): Shared {
  return provided() ?? pageShared();
}

/** Svelte throws outside of components, where nothing can be provided. */
function provided(): Shared | undefined {
  try {
    return getContext<Shared | undefined>(KEY);
  } catch {
    return undefined;
  }
}
