import type { Path } from '../../base/path.js';
import { UNREAD } from '../../engine/codec/decoder.js';
import type { Change } from '../state/change.js';
import { WatchTree, type WatchNode } from './watch-tree.js';

/** The state that is watched: slices in the engine, which names the watches to call, and others. */
export interface WatchedState {
  read(path: Path): unknown;
  readonly js: { has(key: string): boolean };
  readonly native: {
    has(key: string): boolean;
    watch(path: readonly string[]): number;
    unwatch(watch: number): void;
    readWatched(watch: number): unknown;
  };
}

/**
 * The listeners on paths. The engine names the watches that a change of native slices concerns; those
 * on a JS slice are compared by reference when that slice has changed. A slice of either kind may
 * appear under a watched path later, so each watch is known to both.
 */
export class Watches {
  readonly #slices: WatchedState;
  readonly #tree = new WatchTree();
  readonly #byId = new Map<number, WatchNode>();
  #size = 0;
  #calls = 0;
  /** Whether the values that nodes keep may be old ones: a call was cut off before it told of its change. */
  #isDoubtful = false;
  #wasDoubtful = false;

  constructor(slices: WatchedState) {
    this.#slices = slices;
  }

  /** How many listeners there are. */
  get size(): number {
    return this.#size;
  }

  /** The slices that are watched. */
  keys(): readonly string[] {
    return [...this.#tree.root.children.keys()];
  }

  add(path: Path, listener: () => void): () => void {
    const node = this.#tree.open(path, (created) => (created.jsValue = this.#readJs(created)));
    if (node.id === undefined) this.#begin(node);
    const place = node.listeners.add(listener, this.#calls);
    this.#size += 1;
    return () => {
      if (node.listeners.remove(place)) this.#removed(node);
    };
  }

  /** The value at a path; where a native slice is watched, it is asked for once. */
  read(path: Path): unknown {
    if (this.#isDoubtful) this.forget();
    const node = this.#tree.find(path);
    if (node?.id === undefined) return this.#slices.read(path);
    if (node.value !== UNREAD) return node.value;
    const { tokens } = node;
    if (tokens.length === 0 || !this.#slices.native.has(tokens[0]!)) return this.#slices.read(path);
    return (node.value = this.#slices.native.readWatched(node.id));
  }

  /** A change is under way: until `notify` or `cancel` no value is relied on. */
  begin(): void {
    this.#wasDoubtful = this.#isDoubtful;
    this.#isDoubtful = true;
  }

  /** It has not come about. */
  cancel(): void {
    this.#isDoubtful = this.#wasDoubtful;
  }

  /** A change that may have touched everything. */
  all(): Change {
    const watches = [...this.#byId.keys()].map((id) => ({ id, value: UNREAD }));
    return { watches, jsKeys: this.keys().filter((key) => this.#slices.js.has(key)) };
  }

  /**
   * Calls each concerned listener once; errors are collected. One that is removed meanwhile is not
   * called, nor is one that is added.
   */
  notify({ watches, jsKeys }: Change, errors: unknown[]): void {
    if (this.#size === 0) {
      this.#isDoubtful = false;
      return;
    }
    const call = ++this.#calls;
    const concerned: WatchNode[] = [];
    for (const { id, value } of watches) this.#addNative(id, value, concerned);
    if (jsKeys.length > 0) this.#addJs(jsKeys, concerned);
    this.#isDoubtful = false;
    for (const node of concerned) node.listeners.call(call, errors);
  }

  /** No value is known any more. */
  forget(): void {
    for (const node of this.#byId.values()) node.value = UNREAD;
    this.#isDoubtful = false;
  }

  #addNative(id: number, value: unknown, concerned: WatchNode[]): void {
    const node = this.#byId.get(id);
    if (node === undefined) return;
    node.value = value;
    concerned.push(node);
  }

  #begin(node: WatchNode): void {
    node.id = this.#slices.native.watch(node.tokens);
    this.#byId.set(node.id, node);
  }

  #removed(node: WatchNode): void {
    this.#size -= 1;
    if (node.listeners.size > 0) return;
    this.#slices.native.unwatch(node.id!);
    this.#byId.delete(node.id!);
    node.id = undefined;
    node.value = UNREAD;
    this.#tree.prune(node);
  }

  /** A slice is of one kind, so that only the root may be among the concerned already. */
  #addJs(keys: readonly string[], concerned: WatchNode[]): void {
    const { root } = this.#tree;
    if (root.listeners.size > 0 && !concerned.includes(root)) concerned.push(root);
    for (const key of keys) this.#collectJs(root.children.get(key), concerned);
  }

  #collectJs(node: WatchNode | undefined, concerned: WatchNode[]): void {
    if (node === undefined) return;
    const value = this.#readJs(node);
    if (Object.is(value, node.jsValue)) return;
    node.jsValue = value;
    node.value = UNREAD;
    concerned.push(node);
    for (const child of node.children.values()) this.#collectJs(child, concerned);
  }

  #readJs({ tokens }: WatchNode): unknown {
    const [key] = tokens;
    return key !== undefined && this.#slices.js.has(key) ? this.#slices.read(tokens) : undefined;
  }
}
