import { callSafely } from './listeners.js';
import { toTokens } from './path.js';
import type { Change, Slices } from './slices.js';
import type { Path } from './types.js';

interface Watch {
  readonly tokens: readonly string[];
  readonly listener: () => void;
  /** What a JS slice had at the path; the engine compares native slices itself. */
  jsValue: unknown;
  active: boolean;
}

/**
 * The listeners on paths. The engine names those that a change of native slices concerns; those on a
 * JS slice are compared by reference when that slice has changed. A slice of either kind may appear
 * under a watched path later, so each watch is known to both.
 */
export class Watches {
  readonly #slices: Slices;
  readonly #byId = new Map<number, Watch>();
  readonly #byKey = new Map<string, Set<Watch>>();
  readonly #onRoot = new Set<Watch>();

  constructor(slices: Slices) {
    this.#slices = slices;
  }

  get size(): number {
    return this.#byId.size;
  }

  add(path: Path, listener: () => void): () => void {
    const tokens = toTokens(path);
    const watch: Watch = { tokens, listener, jsValue: this.#readJs(tokens), active: true };
    const id = this.#slices.native.watch(tokens);
    this.#byId.set(id, watch);
    this.#groupOf(tokens[0]).add(watch);
    return () => {
      if (!this.#byId.delete(id)) return;
      watch.active = false;
      this.#slices.native.unwatch(id);
      this.#leaveGroup(tokens[0], watch);
    };
  }

  /** Calls each concerned listener once; errors are collected. A listener removed meanwhile is not called. */
  notify({ watches, jsKeys }: Change, errors: unknown[]): void {
    const concerned = new Set(watches.map((id) => this.#byId.get(id)!));
    for (const key of jsKeys) this.#collectJs(key, concerned);
    for (const watch of concerned) {
      if (watch.active) callSafely(errors, watch.listener);
    }
  }

  #collectJs(key: string, concerned: Set<Watch>): void {
    for (const watch of this.#onRoot) concerned.add(watch);
    for (const watch of this.#byKey.get(key) ?? []) {
      const value = this.#readJs(watch.tokens);
      if (Object.is(value, watch.jsValue)) continue;
      watch.jsValue = value;
      concerned.add(watch);
    }
  }

  #readJs(tokens: readonly string[]): unknown {
    const [key] = tokens;
    return key !== undefined && this.#slices.js.has(key) ? this.#slices.read(tokens) : undefined;
  }

  #groupOf(key: string | undefined): Set<Watch> {
    if (key === undefined) return this.#onRoot;
    let group = this.#byKey.get(key);
    if (group === undefined) this.#byKey.set(key, (group = new Set()));
    return group;
  }

  #leaveGroup(key: string | undefined, watch: Watch): void {
    const group = this.#groupOf(key);
    group.delete(watch);
    if (key !== undefined && group.size === 0) this.#byKey.delete(key);
  }
}
