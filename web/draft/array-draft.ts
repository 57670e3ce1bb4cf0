import { arrayMethods } from './array-methods.js';
import { elementAt, hasIndex, indexOf, peekElement, setElement, setLength } from './elements.js';
import { IMMER_STATE, immerState } from './immer-face.js';
import { type ArrayNode, NODE } from './node.js';
import { notOnADraft } from './refusals.js';
import { refuseDefinition, refuseFreezing, refusePrototype } from './refused-traps.js';
import { endTrail, follow } from './trail.js';

/** How a draft of an array answers. Methods that are not its own are Array's, over these answers. */
export const arrayHandler: ProxyHandler<[ArrayNode]> = {
  get([node], key) {
    if (typeof key === 'symbol') return readSymbol(node, key);
    node.assertOpen();
    if (key === 'length') return node.length;
    const index = indexOf(key);
    if (index >= 0) return elementAt(node, index);
    return arrayMethods[key] ?? inherited(key);
  },

  set([node], key, value: unknown) {
    node.assertOpen();
    if (key === 'length') {
      setLength(node, value);
      return true;
    }
    const index = typeof key === 'string' ? indexOf(key) : -1;
    if (index < 0) throw notOnADraft(`The key ${String(key)}`, 'an array has indices and a length');
    setElement(node, index, value);
    return true;
  },

  has([node], key) {
    node.assertOpen();
    endTrail();
    const index = typeof key === 'string' ? indexOf(key) : -1;
    return index >= 0 ? hasIndex(node, index) : key === 'length' || key in Array.prototype;
  },

  /** An index that is deleted keeps its place, as Immer has it. */
  deleteProperty([node], key) {
    node.assertOpen();
    const index = typeof key === 'string' ? indexOf(key) : -1;
    if (index < 0)
      throw notOnADraft(`Deleting ${String(key)}`, 'an array has indices and a length');
    setElement(node, index, undefined);
    return true;
  },

  ownKeys([node]) {
    node.assertOpen();
    endTrail();
    const keys: string[] = [];
    for (let i = 0; i < node.length; i++) if (hasIndex(node, i)) keys.push(`${i}`);
    keys.push('length');
    return keys;
  },

  getOwnPropertyDescriptor([node], key) {
    node.assertOpen();
    endTrail();
    const shared = { writable: true, enumerable: key !== 'length', configurable: key !== 'length' };
    if (key === 'length') return { value: node.length, ...shared };
    const index = typeof key === 'string' ? indexOf(key) : -1;
    if (index < 0 || !hasIndex(node, index)) return undefined;
    return { value: peekElement(node, index), ...shared };
  },

  getPrototypeOf([node]) {
    node.assertOpen();
    follow(node, 'p');
    return Array.prototype;
  },

  isExtensible([node]) {
    follow(node, 'e');
    return true;
  },

  defineProperty: refuseDefinition,
  setPrototypeOf: refusePrototype,
  preventExtensions: refuseFreezing,
};

function readSymbol(node: ArrayNode, key: symbol): unknown {
  if (key === NODE) return node;
  node.assertOpen();
  if (key === IMMER_STATE) return immerState(node);
  endTrail();
  return inherited(key);
}

function inherited(key: string | symbol): unknown {
  return Reflect.get(Array.prototype, key) as unknown;
}
