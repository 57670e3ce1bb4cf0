import type { AnyState, Path, SharedStore } from 'isthmus';

import { readBelow } from '../store/path.js';

/** What a path source is made from. */
export interface PathSourceOptions {
  readonly store: SharedStore;
  readonly path: Path;
  readonly serverState: AnyState | undefined;
  /** The component's source that is mounted, by which a path of equal tokens is known. */
  readonly mounted: { current: PathSource | undefined };
}

/** One path of one store, as `useSyncExternalStore` wants it. */
export class PathSource {
  readonly path: Path;
  readonly #options: PathSourceOptions;

  constructor(options: PathSourceOptions) {
    this.path = options.path;
    this.#options = options;
  }

  isOf(path: Path): boolean {
    const own = this.path;
    if (own.length !== path.length) return false;
    for (let i = 0; i < own.length; i++) if (own[i] !== path[i]) return false;
    return true;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const { store, mounted } = this.#options;
    mounted.current = this;
    return store.watch(this.path, listener);
  };

  readonly getSnapshot = (): unknown => this.#options.store.read(this.path);

  readonly getServerSnapshot = (): unknown => {
    const { serverState } = this.#options;
    if (serverState === undefined) return this.getSnapshot();
    return readBelow(serverState, ['', ...this.path]);
  };
}
