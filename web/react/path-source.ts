import type { AnyState, Path, SharedStore } from 'isthmus';

/**
 * The path that a component shows of one store. A path of equal tokens is the one that is mounted, so
 * that a literal, which is another array in each render, keeps the subscription.
 */
export class MountedPath {
  readonly store: SharedStore;
  readonly serverState: AnyState | undefined;
  #mounted: PathSource | undefined;

  constructor(store: SharedStore, serverState: AnyState | undefined) {
    this.store = store;
    this.serverState = serverState;
  }

  sourceOf(path: Path): PathSource {
    const mounted = this.#mounted;
    return mounted?.isOf(path) ? mounted : new PathSource(this, path);
  }

  show(source: PathSource): void {
    this.#mounted = source;
  }
}

/** One path of one store, as `useSyncExternalStore` wants it. */
class PathSource {
  readonly #owner: MountedPath;
  readonly #path: Path;

  constructor(owner: MountedPath, path: Path) {
    this.#owner = owner;
    this.#path = path;
  }

  isOf(path: Path): boolean {
    const own = this.#path;
    if (own.length !== path.length) return false;
    for (let i = 0; i < own.length; i++) if (own[i] !== path[i]) return false;
    return true;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#owner.show(this);
    return this.#owner.store.watch(this.#path, listener);
  };

  readonly getSnapshot = (): unknown => this.#owner.store.read(this.#path);

  readonly getServerSnapshot = (): unknown => {
    const { serverState } = this.#owner;
    return serverState === undefined ? this.getSnapshot() : readIn(serverState, this.#path);
  };
}

function readIn(state: unknown, path: Path): unknown {
  let at = state;
  for (const token of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return undefined;
    at = (at as Record<string | number, unknown>)[token];
  }
  return at;
}
