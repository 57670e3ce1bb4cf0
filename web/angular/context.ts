import {
  DestroyRef,
  inject,
  InjectionToken,
  Injector,
  makeEnvironmentProviders,
  provideAppInitializer,
  untracked,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { loadEngine } from 'isthmus';

import { realm } from '../page/realm.js';
import { pageShared, sharedOf, type Shared, type StoreSource } from '../views/shared.js';

declare module '../page/realm.js' {
  interface Realm {
    /** One token per Angular, so that every copy of this file under one Angular shares it. */
    angularTokens?: WeakMap<object, InjectionToken<Shared>>;
  }
}

function sharedToken(): InjectionToken<Shared> {
  const tokens = (realm().angularTokens ??= new WeakMap());
  let token = tokens.get(InjectionToken);
  if (token === undefined) tokens.set(InjectionToken, (token = new InjectionToken('isthmus')));
  return token;
}

/**
 * For `bootstrapApplication`: loads the engine before the app starts and gives the app a store, as
 * {@link provideSharedStore} does. Without one the page's shared store is used, which another app has joined.
 *
 * @throws EngineError `engine-load` from `bootstrapApplication` when the engine cannot be had.
 *
 * @example
 * ```ts
 * import type { ApplicationConfig } from '@angular/core';
 * import { joinSharedStore } from 'isthmus';
 * import { provideIsthmus } from 'isthmus/angular';
 *
 * export const config: ApplicationConfig = {
 *   providers: [provideIsthmus(() => joinSharedStore({ app: 'catalogue' }))],
 * };
 * ```
 */
export function provideIsthmus(given?: StoreSource): EnvironmentProviders {
  const start = async (): Promise<void> => {
    const injector = inject(Injector);
    await loadEngine();
    injector.get(sharedToken(), undefined, { optional: true });
  };
  const store = given === undefined ? [] : [provideSharedStore(given)];
  return makeEnvironmentProviders([...store, provideAppInitializer(start)]);
}

/**
 * For the `providers` of a component or a route, once the engine is loaded: what they inject uses this store. It is
 * one's membership, which its owner leaves; a store; or a function that joins, whose membership is left when the
 * component is destroyed.
 *
 * @throws IsthmusError `engine-missing` when it joins before `loadEngine`.
 *
 * @example
 * ```ts
 * import { joinSharedStore } from 'isthmus';
 * import { provideSharedStore } from 'isthmus/angular';
 *
 * // @Component({ ..., providers })
 * export const providers = [provideSharedStore(() => joinSharedStore({ app: 'cart' }))];
 * ```
 */
export function provideSharedStore(given: StoreSource): Provider {
  const useFactory = (): Shared => {
    const { leave, ...shared } = untracked(() => sharedOf(given, 'provideSharedStore'));
    inject(DestroyRef).onDestroy(leave);
    return shared;
  };
  return { provide: sharedToken(), useFactory };
}

export function injectShared(): Shared {
  return inject(sharedToken(), { optional: true }) ?? pageShared();
}
