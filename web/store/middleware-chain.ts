import { compose, type Middleware, type MiddlewareAPI } from 'redux';

type Next = (action: unknown) => unknown;
type Link = (next: Next) => Next;

/** Middleware that apps bring and take away, composed anew each time; earlier apps' runs first. */
export class MiddlewareChain {
  readonly #api: MiddlewareAPI;
  readonly #base: Next;
  #links: readonly Link[] = [];
  #dispatch: Next;

  /** Middleware sees `api`, whose dispatch is the store's outermost; `base` is what follows the last. */
  constructor(api: MiddlewareAPI, base: Next) {
    this.#api = api;
    this.#base = base;
    this.#dispatch = base;
  }

  get size(): number {
    return this.#links.length;
  }

  add(middleware: readonly Middleware[]): () => void {
    // Wrapped, since two apps may bring middleware that returns one and the same function.
    const added = middleware.map((one): Link => {
      const link = one(this.#api) as Link;
      return (next) => link(next);
    });
    this.#set([...this.#links, ...added]);
    return () => this.#set(this.#links.filter((link) => !added.includes(link)));
  }

  dispatch(action: unknown): unknown {
    return this.#dispatch(action);
  }

  #set(links: readonly Link[]): void {
    this.#links = links;
    this.#dispatch = compose<Next>(...links)(this.#base);
  }
}
