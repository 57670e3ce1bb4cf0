import { MockContainer } from './mock-container.js';
import { shareScope, type FederatedModule, type ShareScope } from './mock-share-scope.js';

/** What {@link mockFederation} takes. */
export interface MockFederationOptions {
  /** The build that the code under test belongs to; `host` by default. */
  readonly name?: string;
  /** The name of the share scope; `default` by default. */
  readonly scope?: string;
  /**
   * By request a module, which is in use already and has the version that it exports, or a
   * `SharedModule`, or several of these.
   */
  readonly shared?: Readonly<Record<string, object>>;
  /** By name of the remote, what it exposes: `{ hostApp: { './store': () => module } }`. */
  readonly remotes?: Readonly<Record<string, Readonly<Record<string, FederatedModule>>>>;
}

/** The federation runtime of one test. */
export interface MockFederation {
  /** What has been shared, once somebody has called `__webpack_init_sharing__`. */
  readonly scope: ShareScope;
  /** What `import('hostApp/store')` does in a federated build: init sharing and container, then get. */
  load<Module = unknown>(request: string): Promise<Module>;
  /** Puts back every global that was there before. */
  restore(): void;
}

/**
 * Stands in for webpack's federation runtime, so that code which talks to it runs in a unit test: sets
 * `__webpack_init_sharing__`, `__webpack_share_scopes__` and one container for each remote, under its
 * name. They work in webpack's order: scopes are empty before init, and a container that was not
 * initialised refuses.
 *
 * A literal `import('hostApp/store')` is resolved by the test runner before it runs; let a mock of that
 * module return `federation.load('hostApp/store')`.
 *
 * @example
 * ```ts
 * import * as isthmus from 'isthmus';
 * import { createTestStore, mockFederation } from 'isthmus/testing';
 *
 * const { store } = await createTestStore();
 * const federation = mockFederation({
 *   shared: { isthmus, react: { version: '19.3.1', get: () => import('react') } },
 *   remotes: { hostApp: { './store': () => ({ store }) } },
 * });
 * const module = await federation.load<{ store: isthmus.SharedStore }>('hostApp/store');
 * console.log(module.store === store); // true
 * federation.restore();
 * ```
 */
export function mockFederation(options: MockFederationOptions = {}): MockFederation {
  const { name = 'host', scope: scopeName = 'default', shared = {}, remotes = {} } = options;
  const scopes: Record<string, ShareScope> = {};
  const initSharing = async (which: string = 'default'): Promise<void> => {
    if (Object.hasOwn(scopes, which)) return;
    scopes[which] = which === scopeName ? shareScope(name, shared) : {};
  };
  const containers = Object.entries(remotes).map(
    ([remote, exposed]) => [remote, new MockContainer(remote, exposed)] as const,
  );
  const restore = setGlobals({
    ...Object.fromEntries(containers),
    __webpack_init_sharing__: initSharing,
    __webpack_share_scopes__: scopes,
  });
  return {
    get scope() {
      return scopes[scopeName] ?? {};
    },
    load: async <Module>(request: string) => {
      const [remote = '', ...path] = request.split('/');
      const container = new Map(containers).get(remote);
      if (container === undefined) throw noRemote(request, Object.keys(remotes));
      await initSharing(scopeName);
      await container.init(scopes[scopeName]!);
      return (await container.get(['.', ...path].join('/')))() as Module;
    },
    restore,
  };
}

/** Returns what puts back the globals that were there. */
function setGlobals(values: Record<string, unknown>): () => void {
  const before = Object.keys(values).map(
    (key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)] as const,
  );
  for (const [key, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, key, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [key, descriptor] of before.splice(0)) {
      delete (globalThis as Record<string, unknown>)[key];
      if (descriptor !== undefined) Object.defineProperty(globalThis, key, descriptor);
    }
  };
}

function noRemote(request: string, known: readonly string[]): Error {
  const names = known.map((remote) => `'${remote}'`).join(', ') || 'none';
  return new Error(
    `isthmus/testing: '${request}' is of no remote that mockFederation() was told of (${names}): add it to 'remotes'.`,
  );
}
