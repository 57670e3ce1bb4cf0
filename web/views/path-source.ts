import type { AnyState, Path, SharedStore } from 'isthmus';

type Token = Path[number];

/** How many sources may be made before those that nobody has subscribed to are looked for. */
const SWEEP = 1000;

/**
 * One path of one store, as `useSyncExternalStore` wants it. All components that show the path share its
 * source: what a component holds itself is what React has to walk past, in every render of its neighbours.
 */
export class PathSource {
  readonly #store: SharedStore;
  readonly #path: Path;
  #below: Map<Token, PathSource> | undefined;
  #subscriptions = 0;

  constructor(store: SharedStore, path: Path) {
    this.#store = store;
    this.#path = path;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const stop = this.#store.watch(this.#path, listener);
    this.#subscriptions += 1;
    return () => {
      stop();
      this.#subscriptions -= 1;
    };
  };

  readonly getSnapshot = (): unknown => this.#store.read(this.#path);

  find(token: Token): PathSource | undefined {
    return this.#below?.get(token);
  }

  add(token: Token): PathSource {
    const source = new PathSource(this.#store, [...this.#path, token]);
    (this.#below ??= new Map()).set(token, source);
    return source;
  }

  /** Forgets what nobody has subscribed to, and tells whether that is everything. */
  sweep(): boolean {
    for (const [token, source] of this.#below ?? []) {
      if (source.sweep()) this.#below!.delete(token);
    }
    return this.#subscriptions === 0 && (this.#below?.size ?? 0) === 0;
  }
}

/** The sources of one store. One that is forgotten, such as that of a render thrown away, still works. */
class PathSources {
  readonly #root: PathSource;
  #made = 0;

  constructor(store: SharedStore) {
    this.#root = new PathSource(store, []);
  }

  at(path: Path): PathSource {
    let source = this.#root;
    for (const token of path) source = source.find(token) ?? this.#make(source, token);
    return source;
  }

  #make(parent: PathSource, token: Token): PathSource {
    this.#made += 1;
    if (this.#made % SWEEP === 0) this.#root.sweep();
    return parent.add(token);
  }
}

const sources = /* @__PURE__ */ new WeakMap<SharedStore, PathSources>();

export function sourceOf(store: SharedStore, path: Path): PathSource {
  let own = sources.get(store);
  if (own === undefined) sources.set(store, (own = new PathSources(store)));
  return own.at(path);
}

export function readIn(state: AnyState, path: Path): unknown {
  let at: unknown = state;
  for (const token of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return undefined;
    at = (at as Record<Token, unknown>)[token];
  }
  return at;
}
