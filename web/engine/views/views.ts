import { defineMember } from '../../base/plain-object.js';
import type { ViewTable } from '../codec/decoder.js';
import type { MapReads } from './map-reads.js';
import { LiveMapViews } from './live-map-views.js';

/**
 * The JavaScript values that stand for the engine's arrays and objects: frozen, and one per node, so that
 * `===` means unchanged. The plain ones are kept as long as their node lives; the engine tells which nodes
 * have died. With maps it is the other way round: the node lives as long as its view is in use.
 */
export class Views implements ViewTable {
  readonly #byId: (object | undefined)[] = [];
  readonly #ids = new WeakMap<object, number>();
  readonly #maps: LiveMapViews;

  constructor(reads: MapReads) {
    this.#maps = new LiveMapViews(reads);
  }

  viewOf(id: number): object {
    return this.#byId[id]!;
  }

  mapOf(id: number, place: number): object {
    return this.#maps.viewOf({ id, place });
  }

  keep(id: number, view: object): object {
    this.#byId[id] = view;
    return view;
  }

  recognize(id: number, view: object): void {
    this.#ids.set(view, id);
  }

  viewIfAny(id: number): object | undefined {
    return this.#byId[id] ?? this.#maps.viewIfAny(id);
  }

  /** The id of a view whose node is alive. */
  idOf(view: unknown): number | undefined {
    const id = typeof view === 'object' && view !== null ? this.#ids.get(view) : undefined;
    return id !== undefined && (this.#byId[id] === view || this.#maps.has(id, view))
      ? id
      : undefined;
  }

  drop(id: number): void {
    this.#byId[id] = undefined;
  }
}

/**
 * A deep copy of a view as ordinary mutable data, for `postMessage`, IndexedDB or a form. Anything that
 * is not a plain object or array is returned as it is.
 *
 * @example
 * ```ts
 * import { plain } from 'isthmus';
 *
 * const frozen = Object.freeze({ items: Object.freeze(['a']) });
 * const copy = plain(frozen) as { items: string[] };
 * copy.items.push('b');
 * ```
 */
export function plain<T>(view: T): T;
export function plain(view: unknown): unknown {
  if (Array.isArray(view)) return view.map((item: unknown) => plain(item));
  if (typeof view !== 'object' || view === null) return view;
  const prototype: unknown = Object.getPrototypeOf(view);
  if (prototype !== Object.prototype && prototype !== null) return view;
  const copy = {};
  for (const [key, value] of Object.entries(view)) defineMember(copy, key, plain(value));
  return copy;
}
