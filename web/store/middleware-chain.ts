import type { Middleware, MiddlewareAPI } from 'redux';

import { assertFunction } from '../base/arguments.js';
import type { Shortcut } from '../engine/change.js';

type Next = (action: unknown) => unknown;
/** What follows the last middleware. */
interface EndOfChain {
  dispatch(action: unknown): unknown;
  shortcut(): Shortcut | undefined;
}

/** One middleware's place: `next` is what follows it at this moment. */
interface Link {
  readonly middleware: Middleware;
  readonly run: Next;
  next: Next;
  /** The apps that brought it, each as often as it did. */
  owners: readonly string[];
}

/**
 * Middleware that apps bring and take away; earlier apps' runs first. As in one Redux store, each is
 * made once and keeps its own state while others come and go. What several apps share, such as the
 * middleware of one RTK Query api, runs once, until the last of them takes it away.
 */
export class MiddlewareChain {
  readonly #api: MiddlewareAPI;
  readonly #end: EndOfChain;
  #links: readonly Link[] = [];
  #dispatch: Next;

  /** Middleware sees `api`, whose dispatch is the store's outermost; `end` is what follows the last. */
  constructor(api: MiddlewareAPI, end: EndOfChain) {
    this.#api = api;
    this.#end = end;
    this.#dispatch = this.#last;
  }

  readonly #last: Next = (action) => this.#end.dispatch(action);

  get size(): number {
    return this.#links.length;
  }

  /** Each one's owners. */
  get owners(): readonly (readonly string[])[] {
    return this.#links.map(({ owners }) => owners);
  }

  /** Middleware that is being made may itself bring apps in, whose middleware then comes first. */
  add(owner: string, middleware: readonly Middleware[]): () => void {
    const brought: Link[] = [];
    for (const one of middleware) {
      const known = [...this.#links, ...brought].find((link) => link.middleware === one);
      brought.push(known ?? this.#begin(one));
    }
    for (const link of brought) link.owners = [...link.owners, owner];
    this.#set([...new Set([...this.#links, ...brought])]);
    return () => this.#take(owner, brought);
  }

  readonly dispatch: Next = (action) => this.#dispatch(action);

  /** Past JavaScript, if no middleware has to see an action now, nor what follows it. */
  readonly shortcut = (): Shortcut | undefined =>
    this.#links.length === 0 ? this.#end.shortcut() : undefined;

  #begin(middleware: Middleware): Link {
    const take: unknown = middleware(this.#api);
    assertFunction(
      take,
      'what a middleware returns, as (api) => (next) => (action) => next(action),',
    );
    const run = (take as ReturnType<Middleware>)((action) => link.next(action)) as Next;
    const link: Link = { middleware, run, next: this.#last, owners: [] };
    return link;
  }

  #take(owner: string, brought: readonly Link[]): void {
    for (const link of brought) link.owners = withoutOne(link.owners, owner);
    this.#set(this.#links.filter(({ owners }) => owners.length > 0));
  }

  /** A link that was taken out keeps its `next`, for actions that it has not passed on yet. */
  #set(links: readonly Link[]): void {
    this.#links = links;
    let next = this.#last;
    for (const link of [...links].reverse()) {
      link.next = next;
      next = link.run;
    }
    this.#dispatch = next;
  }
}

function withoutOne(owners: readonly string[], owner: string): readonly string[] {
  const at = owners.indexOf(owner);
  return owners.filter((_, place) => place !== at);
}
