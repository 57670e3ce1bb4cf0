import type { FederatedModule, ShareScope } from './mock-share-scope.js';

/** A remote as webpack's remoteEntry.js would leave it on the page. */
export class MockContainer {
  readonly #name: string;
  readonly #exposed: Readonly<Record<string, FederatedModule>>;
  #scope: ShareScope | undefined;

  constructor(name: string, exposed: Readonly<Record<string, FederatedModule>>) {
    this.#name = name;
    this.#exposed = exposed;
  }

  /** Takes the page's share scope; the same one again is harmless, as in webpack. */
  readonly init = async (scope: ShareScope): Promise<void> => {
    if (scope === undefined) throw this.#refuse('was given no share scope', 'init');
    if (this.#scope !== undefined && this.#scope !== scope) {
      throw new Error(
        'Container initialization failed as it has already been initialized with a different share scope',
      );
    }
    this.#scope = scope;
  };

  /** Resolves with the factory of an exposed module. */
  readonly get = async (module: string): Promise<() => unknown> => {
    if (this.#scope === undefined) throw this.#refuse('is not initialised', 'get');
    if (!Object.hasOwn(this.#exposed, module)) {
      throw new Error(`Module "${module}" does not exist in container.`);
    }
    const loaded = await this.#exposed[module]!();
    return () => loaded;
  };

  /** A real one would go on with copies of its own, which is what nobody wants. */
  #refuse(what: string, call: string): Error {
    return new Error(
      `isthmus/testing: the container '${this.#name}' ${what} (${call}): await __webpack_init_sharing__('default'), then container.init(__webpack_share_scopes__.default), then get.`,
    );
  }
}
