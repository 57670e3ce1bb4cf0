import { WatchListeners } from '../../base/listeners.js';
import type { Path } from '../../base/path.js';
import { UNREAD } from '../../engine/codec/decoder.js';

/** A watched path, or one on the way to it. */
export interface WatchNode {
  readonly tokens: readonly string[];
  readonly parent: WatchNode | undefined;
  readonly children: Map<string, WatchNode>;
  readonly listeners: WatchListeners;
  /** The engine's watch on this path, while there are listeners. */
  id: number | undefined;
  /** The value in a native slice, or UNREAD. */
  value: unknown;
  /** What a JS slice had here; the engine compares native slices itself. */
  jsValue: unknown;
}

/** The watched paths of a store by their tokens, so that many listeners on one path are one watch. */
export class WatchTree {
  readonly root: WatchNode = createNode([], undefined);

  find(path: Path): WatchNode | undefined {
    let node: WatchNode | undefined = this.root;
    for (let i = 0; i < path.length && node !== undefined; i++) {
      const token = path[i]!;
      node = node.children.get(typeof token === 'string' ? token : String(token));
    }
    return node;
  }

  /** `created` is told of every new node on the way. */
  open(path: Path, created: (node: WatchNode) => void): WatchNode {
    let node = this.root;
    for (const part of path) {
      const token = String(part);
      let child = node.children.get(token);
      if (child === undefined) {
        child = createNode([...node.tokens, token], node);
        node.children.set(token, child);
        created(child);
      }
      node = child;
    }
    return node;
  }

  /** Removes a node, and those above it, that serve nothing any more. */
  prune(node: WatchNode): void {
    let at = node;
    while (at.parent !== undefined && at.listeners.size === 0 && at.children.size === 0) {
      at.parent.children.delete(at.tokens[at.tokens.length - 1]!);
      at = at.parent;
    }
  }
}

function createNode(tokens: readonly string[], parent: WatchNode | undefined): WatchNode {
  const fields = { id: undefined, value: UNREAD, jsValue: undefined };
  return { tokens, parent, children: new Map(), listeners: new WatchListeners(), ...fields };
}
