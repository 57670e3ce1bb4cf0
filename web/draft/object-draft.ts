import { IMMER_STATE, immerState } from './immer-face.js';
import {
  createDraft,
  GONE,
  isDraftable,
  NODE,
  nodeOf,
  type ObjectNode,
  UNDEFINED,
} from './node.js';
import { pathOf } from './path-of.js';
import { notData } from './refusals.js';
import { refuseDefinition, refuseFreezing, refusePrototype } from './refused-traps.js';
import { endTrail, follow } from './trail.js';

/** How a draft of an object answers. */
export const objectHandler: ProxyHandler<ObjectNode> = {
  get(node, key) {
    if (typeof key === 'symbol') return readSymbol(node, key);
    node.assertOpen();
    return read(node, key);
  },

  set(node, key, value: unknown) {
    node.assertOpen();
    if (typeof key === 'symbol') throw notData('a symbol is not a key of data', pathOf(node));
    write(node, key, value);
    return true;
  },

  has(node, key) {
    node.assertOpen();
    endTrail();
    if (typeof key === 'symbol' || node.entries?.has(key) !== true) return key in node.base;
    return hasOwn(node, key) || inherits(node, key);
  },

  deleteProperty(node, key) {
    node.assertOpen();
    if (typeof key === 'string') remove(node, key);
    return true;
  },

  ownKeys(node) {
    node.assertOpen();
    endTrail();
    return ownKeys(node);
  },

  getOwnPropertyDescriptor(node, key) {
    node.assertOpen();
    endTrail();
    if (typeof key === 'symbol' || !hasOwn(node, key)) return undefined;
    return { value: peek(node, key), writable: true, enumerable: true, configurable: true };
  },

  getPrototypeOf(node) {
    node.assertOpen();
    follow(node, 'p');
    return prototypeOf(node);
  },

  isExtensible(node) {
    follow(node, 'e');
    return true;
  },

  defineProperty: refuseDefinition,
  setPrototypeOf: refusePrototype,
  preventExtensions: refuseFreezing,
};

/** What stands at a key, a child as it is: as a draft where it has been read, else as the base has it. */
export function peek(node: ObjectNode, key: string): unknown {
  const entry = node.entries?.get(key);
  if (entry === undefined) return node.base[key];
  if (entry === UNDEFINED) return undefined;
  return entry === GONE ? inherited(node, key) : entry;
}

export function hasOwn(node: ObjectNode, key: string): boolean {
  const entry = node.entries?.get(key);
  return entry === undefined ? Object.hasOwn(node.base, key) : entry !== GONE;
}

export function ownKeys(node: ObjectNode): (string | symbol)[] {
  const { entries, appended } = node;
  const keys = Reflect.ownKeys(node.base);
  if (entries === undefined || !node.isModified) return keys;
  const isThere = (key: string | symbol): boolean =>
    typeof key === 'symbol' || (entries.get(key) !== GONE && !appended?.has(key));
  const kept = keys.filter(isThere);
  return appended === undefined || appended.size === 0 ? kept : inOrder([...kept, ...appended]);
}

/** An object knows where keys that look like indices stand. */
function inOrder(keys: readonly (string | symbol)[]): (string | symbol)[] {
  const order = Object.create(null) as Record<string | symbol, true>;
  for (const key of keys) order[key] = true;
  return Reflect.ownKeys(order);
}

function read(node: ObjectNode, key: string): unknown {
  const entry = node.entries?.get(key);
  if (entry !== undefined) return readEntry(node, key, entry);
  const value = node.base[key];
  return typeof value === 'object' && value !== null ? child(node, key, value) : value;
}

/** What was written stays what it is, unless it is what the base has there. */
function readEntry(node: ObjectNode, key: string, entry: unknown): unknown {
  if (entry === UNDEFINED) return undefined;
  if (entry === GONE) return inherited(node, key);
  if (typeof entry !== 'object' || entry === null || entry !== node.base[key]) return entry;
  return child(node, key, entry);
}

function child(node: ObjectNode, key: string, value: object): object {
  if (node.isCopied || !isDraftable(value)) return value;
  if (key === '__proto__' && !hasOwn(node, key)) return value;
  const draft = createDraft(node.session, value, node, key);
  (node.entries ??= new Map()).set(key, draft);
  return draft;
}

function write(node: ObjectNode, key: string, value: unknown): void {
  const isThere = hasOwn(node, key);
  const present = isThere ? peek(node, key) : undefined;
  if (!node.isModified && typeof value === 'object' && nodeOf(present)?.base === value) {
    node.entries!.delete(key);
    return;
  }
  if (Object.is(value, present) && (value !== undefined || isThere)) return;
  node.touch();
  (node.entries ??= new Map()).set(key, value === undefined ? UNDEFINED : value);
  if (!isThere) (node.appended ??= new Set()).add(key);
}

/** Immer counts the deletion of a name that every object has as a change. */
function remove(node: ObjectNode, key: string): void {
  if (!(key in node.base)) {
    if (node.entries?.delete(key) === true) node.touch();
  } else {
    node.touch();
    (node.entries ??= new Map()).set(key, GONE);
  }
  node.appended?.delete(key);
}

function readSymbol(node: ObjectNode, key: symbol): unknown {
  if (key === NODE) return node;
  node.assertOpen();
  if (key === IMMER_STATE) return immerState(node);
  endTrail();
  return (node.base as Record<symbol, unknown>)[key];
}

function prototypeOf(node: ObjectNode): object | null {
  return Object.getPrototypeOf(node.base) as object | null;
}

function inherits(node: ObjectNode, key: string): boolean {
  const prototype = prototypeOf(node);
  return prototype !== null && key in prototype;
}

function inherited(node: ObjectNode, key: string): unknown {
  return (prototypeOf(node) as Record<string, unknown> | null)?.[key];
}
