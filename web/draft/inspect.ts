import { setMember } from '../base/plain-object.js';
import { hasIndex, peekElement, slotAt } from './elements.js';
import { isArrayNode, isDraftable, nodeOf, type ArrayNode, type ObjectNode } from './node.js';
import { ownKeys, peek } from './object-draft.js';
import { notADraft } from './refusals.js';

/**
 * Whether a value is a draft: what a reducer that is a function gets as its state, or a part of it.
 *
 * @example
 * ```ts
 * import { current, isDraft } from 'isthmus';
 *
 * const noted = <T>(value: T): T => (isDraft(value) ? current(value) : value);
 * ```
 */
export function isDraft(value: unknown): boolean {
  return nodeOf(value) !== undefined;
}

/**
 * What a draft was before its reducer: the part of the state itself, which never changes.
 *
 * @throws EngineError `invalid-argument` for what is no draft, `disposed` once its reducer has ended.
 *
 * @example
 * ```ts
 * import { defineSlice, original } from 'isthmus';
 *
 * const cart = defineSlice({
 *   name: 'cart',
 *   initialState: { items: [] as string[], hasGrown: false },
 *   reducers: {
 *     add(state, { payload }: { type: string; payload: string }) {
 *       state.items.push(payload);
 *       state.hasGrown = state.items.length > original(state).items.length;
 *     },
 *   },
 * });
 * ```
 */
export function original<T>(value: T): T;
export function original(value: unknown): unknown {
  return openNode(value, 'original').base;
}

/**
 * What a draft is now, as plain data that outlives its reducer: for a log, or a message. Parts that are unchanged are
 * the state's own.
 *
 * @throws EngineError `invalid-argument` for what is no draft, `disposed` once its reducer has ended.
 *
 * @example
 * ```ts
 * import { current, defineSlice } from 'isthmus';
 *
 * const cart = defineSlice({
 *   name: 'cart',
 *   initialState: { items: [] as string[] },
 *   reducers: {
 *     add(state, { payload }: { type: string; payload: string }) {
 *       state.items.push(payload);
 *       console.log(current(state));
 *     },
 *   },
 * });
 * ```
 */
export function current<T>(value: T): T;
export function current(value: unknown): unknown {
  openNode(value, 'current');
  return snapshot(value);
}

function openNode(value: unknown, call: string): ObjectNode | ArrayNode {
  const node = nodeOf(value);
  if (node === undefined) throw notADraft(call);
  node.assertOpen();
  return node;
}

function snapshot(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const node = nodeOf(value);
  if (node === undefined) return ofPlain(value);
  if (!node.isModified) return node.base;
  return isArrayNode(node) ? ofArray(node) : ofObject(node);
}

function ofObject(node: ObjectNode): object {
  const copy = Object.create(Object.getPrototypeOf(node.base) as object | null) as object;
  for (const key of ownKeys(node)) {
    if (typeof key === 'symbol') continue;
    const value = peek(node, key);
    setMember(copy, key, node.entries?.has(key) === true ? written(node, value) : value);
  }
  return copy;
}

function ofArray(node: ArrayNode): unknown[] {
  const copy: unknown[] = new Array(node.length);
  for (let i = 0; i < node.length; i++) {
    if (!hasIndex(node, i)) continue;
    const value = peekElement(node, i);
    copy[i] = slotAt(node, i) < 0 || nodeOf(value) !== undefined ? written(node, value) : value;
  }
  return copy;
}

/** New data may change yet; a part of the base is what it is. */
function written({ session }: ObjectNode | ArrayNode, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return nodeOf(value) === undefined && session.isKept(value) ? value : snapshot(value);
}

function ofPlain(value: object): unknown {
  if (!isDraftable(value) || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map(snapshot);
  const copy = Object.create(Object.getPrototypeOf(value) as object | null) as object;
  for (const [key, member] of Object.entries(value)) setMember(copy, key, snapshot(member));
  return copy;
}
