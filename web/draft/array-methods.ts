import { elementAt, hasIndex, replaceElements, setElement } from './elements.js';
import { ArrayNode, nodeOf } from './node.js';

/**
 * Array's methods that add and remove. Array's own would take up each element behind the place and put it down
 * again; these cost what they add and remove. What makes no difference changes nothing.
 */
export const arrayMethods = /* @__PURE__ */ Object.assign(
  /* @__PURE__ */ Object.create(null) as Record<
    string,
    ((...items: unknown[]) => unknown) | undefined
  >,
  { push, shift, splice, unshift },
);

function push(this: unknown, ...items: unknown[]): number {
  const { length } = this as unknown[];
  splice.call(this, length, 0, ...items);
  return length + items.length;
}

function shift(this: unknown): unknown {
  return splice.call(this, 0, 1)[0];
}

function unshift(this: unknown, ...items: unknown[]): number {
  splice.call(this, 0, 0, ...items);
  return (this as unknown[]).length;
}

function splice(this: unknown, ...given: unknown[]): unknown[] {
  const node = nodeOf(this);
  if (!(node instanceof ArrayNode)) return Reflect.apply(Array.prototype.splice, this, given);
  const [start, count, ...items] = given;
  const { length } = node;
  const from = placeIn(length, start);
  const most = length - from;
  const removed = given.length < 2 ? (given.length === 0 ? 0 : most) : placeUpTo(most, count);
  const taken = new Array<unknown>(removed);
  for (let i = 0; i < removed; i++) {
    if (hasIndex(node, from + i)) taken[i] = elementAt(node, from + i);
  }
  if (removed === items.length) items.forEach((item, i) => setElement(node, from + i, item));
  else replaceElements(node, from, removed, items);
  return taken;
}

function placeIn(length: number, given: unknown): number {
  const place = Math.trunc(Number(given)) || 0;
  return place < 0 ? Math.max(length + place, 0) : Math.min(place, length);
}

function placeUpTo(most: number, given: unknown): number {
  return Math.min(Math.max(Math.trunc(Number(given)) || 0, 0), most);
}
