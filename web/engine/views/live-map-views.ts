import type { MapNode } from './map-node.js';
import type { MapReads } from './map-reads.js';
import { createMapView } from './map-view.js';

/**
 * The map views in use, one per node. The engine pins a map's node whenever it shows it; the pin is given
 * back when the last view of the node has been collected. While a collected view waits to be told, another
 * one may take its place, hence the count.
 */
export class LiveMapViews {
  readonly #reads: MapReads;
  readonly #byId = new Map<number, { view: WeakRef<object>; registered: number }>();
  readonly #collected = new FinalizationRegistry<number>((id) => this.#release(id));

  constructor(reads: MapReads) {
    this.#reads = reads;
  }

  viewOf(node: MapNode): object {
    const { id } = node;
    const entry = this.#byId.get(id);
    const known = entry?.view.deref();
    if (known !== undefined) return known;
    const view = createMapView(node, this.#reads);
    this.#byId.set(id, { view: new WeakRef(view), registered: (entry?.registered ?? 0) + 1 });
    this.#collected.register(view, id);
    return view;
  }

  has(id: number, view: unknown): boolean {
    return this.#byId.get(id)?.view.deref() === view;
  }

  viewIfAny(id: number): object | undefined {
    return this.#byId.get(id)?.view.deref();
  }

  #release(id: number): void {
    const entry = this.#byId.get(id)!;
    if (--entry.registered > 0) return;
    this.#byId.delete(id);
    this.#reads.unpin(id);
  }
}
