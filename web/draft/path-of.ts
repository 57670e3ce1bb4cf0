import type { Path } from '../base/path.js';
import type { DraftNode } from './node.js';

/** Where a draft's part stands in the base. */
export function pathOf(node: DraftNode): Path {
  const path: (string | number)[] = [];
  for (let at = node; at.parent !== undefined; at = at.parent) path.unshift(at.key);
  return path;
}
